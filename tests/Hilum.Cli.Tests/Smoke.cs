namespace Hilum.Cli.Tests;
public sealed class Smoke { [Fact] public void Exists() => Assert.True(File.Exists(typeof(ExitCode).Assembly.Location), typeof(ExitCode).Assembly.Location); }
