#!/usr/bin/env bash
# Loads the service from another process with wrk (Debian: apt-get install wrk) and prints the table of bench/results/service.md.
# bench/service.sh [SECONDS a measurement] [SECONDS of soak]
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
seconds=${1:-15} soak=${2:-120}
. bench/server.sh

post() { # post FILE TYPE: a wrk script that posts a file
  printf 'wrk.method = "POST"\nlocal f = io.open("%s", "rb")\nwrk.body = f:read("*a")\nf:close()\nwrk.headers["Content-Type"] = "%s"\n' "$1" "$2"
}
post bench/records/well-known.yaml application/yaml >"$work/known.lua"
post bench/records/sparse.yaml application/yaml >"$work/sparse.lua"
post patients/late-relapse/bundle.json application/fhir+json >"$work/fhir.lua"
cat >"$work/save.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local thread = 0
function setup(t) t:set("id", thread); thread = thread + 1 end
local n = 0
function request() n = n + 1; return wrk.format(nil, nil, nil, string.format('{"id":"S-%s-%d-%d"}', START, id, n)) end
LUA
measure() { # measure NAME SCRIPT PATH CONNECTIONS
  local script=()
  [[ -z $2 ]] || script=(-s "$2")
  sed -i "s/START/'$RANDOM$RANDOM'/" "$work/save.lua"
  local from
  from=$(ticks)
  wrk -t1 -c"$4" -d"${5:-$seconds}s" --timeout 30s --latency "${script[@]}" "$url$3" >"$work/out"
  awk -v name="$1" -v c="$4" -v rss="$(rss)" -v ticks=$(($(ticks) - from)) '/50%/ {p50=$2} /99%/ {p99=$2} /Requests\/sec/ {r=$2} /requests in/ {n=$1} /Non-2xx/ {bad=$NF} END {printf "| %s | %d | %.0f | %s | %s | %.2f | %d | %d |\n", name, c, r, p50, p99, ticks * 10 / n, bad+0, rss}' "$work/out"
}

echo "| what | connections | requests/s | p50 | p99 | processor ms a request | not 2xx | memory after, MB |"
echo "|---|---|---|---|---|---|---|---|"
measure "(warming up)" "$work/known.lua" /api/v1/plan 4 5 >/dev/null
measure "(warming up)" "$work/fhir.lua" "/api/v1/plan?asOf=2026-11-03" 4 5 >/dev/null
measure "do nothing: GET /healthz" "" /healthz 8
measure "plan, case file, nearly all known" "$work/known.lua" /api/v1/plan 8
measure "plan, case file, nearly all known, one at a time" "$work/known.lua" /api/v1/plan 1
measure "plan, case file, little known" "$work/sparse.lua" /api/v1/plan 8
measure "plan, FHIR bundle" "$work/fhir.lua" "/api/v1/plan?asOf=2026-11-03" 8
measure "save with audit: POST /patients" "$work/save.lua" /api/v1/patients 8
sed -i "s/local n = 0/local n = 1000000/" "$work/save.lua"
measure "save with audit: POST /patients" "$work/save.lua" /api/v1/patients 64
measure "do nothing: GET /healthz" "" /healthz 8
echo
echo "Soak, $soak s of plans on 8 connections; memory in MB every tenth of it:"
for _ in $(seq 10); do measure soak "$work/known.lua" /api/v1/plan 8 $((soak / 10)) >/dev/null; printf '%s ' "$(rss)"; done
echo
artifacts/hilum/Hilum.Cli audit verify --store "$work/store.db"
echo "$(du -sm "$work/store.db" | cut -f1) MB of store"
cat "$work/log"
