# Sourced by the scripts that load the service: builds it and starts it on a port and over a store of its own, until the script ends.
# Sets work (a folder), url and server (the process); defines ticks and rss.
command -v wrk >/dev/null || { echo "wrk is needed: apt-get install wrk" >&2; exit 2; }
work=$(mktemp -d) url=http://127.0.0.1:5094
./hilum --version >/dev/null # builds
HILUM_GUIDANCE=$PWD/guidance HILUM_CACHE=$PWD/artifacts/cache artifacts/hilum/Hilum.Cli serve --urls $url --store "$work/store.db" 2>"$work/log" &
server=$!
trap 'kill $server 2>/dev/null; wait $server 2>/dev/null; rm -rf "$work"' EXIT
until curl -sf $url/readyz >/dev/null; do kill -0 $server; sleep 0.1; done
ticks() { awk '{ print $14 + $15 }' /proc/$server/stat; } # processor time of the server, in hundredths of a second
rss() { awk '/VmRSS/ { printf "%d", $2 / 1024 }' /proc/$server/status; } # its memory, in MB
