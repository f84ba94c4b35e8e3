#!/usr/bin/env bash
# The server's time for each page, beside an address that does nothing, in one run; prints the table of bench/results/pages.md.
# wrk, one connection (Debian: apt-get install wrk). bench/pages.sh [SECONDS a page]
set -euo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.."
seconds=${1:-5}
. bench/server.sh

echo "| page | requests/s | p50 | p99 | processor ms a request | not 2xx |"
echo "|---|---|---|---|---|---|"
patient=untreated-clear-cell-intermediate-si
for page in /healthz / /learn /learn/nivolumab-ipilimumab /guidance /guidance/esmo-2024 /guidance/check "/cases/$patient" "/cases/$patient/plan" "/cases/$patient/board" "/cases/$patient/then-and-now" "/cases/$patient/compare?t=nivolumab-ipilimumab&t=nivolumab-cabozantinib" /healthz; do
  wrk -t1 -c1 -d1s "$url$page" >/dev/null # warm
  from=$(ticks)
  wrk -t1 -c1 -d"${seconds}s" --timeout 30s --latency "$url$page" >"$work/out"
  awk -v page="$page" -v ticks=$(($(ticks) - from)) '/50%/ {p50=$2} /99%/ {p99=$2} /Requests\/sec/ {r=$2} /requests in/ {n=$1} /Non-2xx/ {bad=$NF} END {printf "| `%s` | %.0f | %s | %s | %.2f | %d |\n", page, r, p50, p99, ticks * 10 / n, bad+0}' "$work/out"
done
