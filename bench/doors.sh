#!/usr/bin/env bash
# Fires hooks from another process with wrk (Debian: apt-get install wrk) and prints the table of bench/results/doors.md.
# bench/doors.sh [SECONDS a measurement]
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
seconds=${1:-15}
. bench/server.sh

cat >"$work/same.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local f = io.open("bench/records/patient-view.json", "rb")
wrk.body = f:read("*a")
f:close()
LUA
# every request about another patient: nothing that was judged before is of use
cat >"$work/others.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local f = io.open("bench/records/patient-view.json", "rb")
local body = f:read("*a")
f:close()
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
local n = 0
function request() n = n + 1; return wrk.format(nil, nil, nil, (body:gsub("hilum%-a\"", string.format("p-START-%d-%d\"", id, n)))) end
LUA
# read whole and found to hold no order of a medicine: what the size of the request alone costs
sed 's/"hook":"patient-view"/"hook":"order-sign"/; s/"context":{/"context":{"draftOrders":{"resourceType":"Bundle","type":"collection"},/' bench/records/patient-view.json >"$work/nothing.json"
sed "s#bench/records/patient-view.json#$work/nothing.json#" "$work/same.lua" >"$work/nothing.lua"
measure() { # measure NAME SCRIPT PATH CONNECTIONS [SECONDS]
  local script=() from
  [[ -z $2 ]] || script=(-s "$2")
  sed -i "s/p-[A-Z0-9]*-/p-$RANDOM$RANDOM-/" "$work/others.lua"
  from=$(ticks)
  wrk -t1 -c"$4" -d"${5:-$seconds}s" --timeout 30s --latency "${script[@]}" "$url$3" >"$work/out"
  awk -v name="$1" -v c="$4" -v rss="$(rss)" -v ticks=$(($(ticks) - from)) '/50%/ {p50=$2} /99%/ {p99=$2} /Requests\/sec/ {r=$2} /requests in/ {n=$1} /Non-2xx/ {bad=$NF} END {printf "| %s | %d | %.0f | %s | %s | %.2f | %d | %d |\n", name, c, r, p50, p99, ticks * 10 / n, bad+0, rss}' "$work/out"
}

options=/cds-services/kidney-cancer-options
echo "| what | connections | requests/s | p50 | p99 | processor ms a request | not 2xx | memory after, MB |"
echo "|---|---|---|---|---|---|---|---|"
measure "(warming up)" "$work/others.lua" $options 4 8 >/dev/null
measure "do nothing: GET /healthz" "" /healthz 8
measure "read the request, nothing to judge (order-sign without a medicine)" "$work/nothing.lua" /cds-services/kidney-cancer-order-sign 8
measure "patient-view, 60 resources, the same chart again" "$work/same.lua" $options 8
measure "patient-view, 60 resources, another patient each time" "$work/others.lua" $options 8
measure "patient-view, another patient each time, one at a time" "$work/others.lua" $options 1
measure "patient-view, another patient each time" "$work/others.lua" $options 64
measure "do nothing: GET /healthz" "" /healthz 8
cat "$work/log"
