// Nothing: what any .NET program pays before its first line. bench/startup.sh compares ./hilum with it.
return 0;
