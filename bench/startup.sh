#!/usr/bin/env bash
# Wall and processor time of the built program against an empty .NET console program, in turn, medians of N runs (default 21). Public tools only.
#   bench/startup.sh [N]
set -euo pipefail
root="$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)"
runs="${1:-21}"
"$root/hilum" --version >/dev/null
dotnet publish "$root/bench/EmptyConsole" -c Release -o "$root/artifacts/empty-console" -v quiet -nologo >/dev/null
export HILUM_GUIDANCE="$root/guidance" HILUM_CACHE="$root/artifacts/cache" LC_ALL=C
empty="$root/artifacts/empty-console/EmptyConsole"
app="$root/artifacts/hilum/Hilum.Cli"
case="$root/patients/first-line-in-conventional-units/case.yaml"
bundle="$root/patients/untreated-clear-cell-intermediate-si/bundle.json"
times="$(mktemp -d)"
trap 'rm -rf "$times"' EXIT
TIMEFORMAT='%R %U %S'
once() { local file="$times/$1"; shift; { time "$@" >/dev/null 2>&1; } 2>>"$file"; }
for _ in 1 2; do "$empty" >/dev/null; "$app" plan "$case" >/dev/null; "$app" plan "$bundle" >/dev/null; done
for ((i = 0; i < runs; i++)); do
  once empty "$empty"
  once case "$app" plan "$case"
  once bundle "$app" plan "$bundle"
done
median() { sort -n | awk '{ v[NR] = $1 } END { print 1000 * v[int((NR + 1) / 2)] }'; }
wall() { awk '{ print $1 }' "$times/$1" | median; }
cpu() { awk '{ print $2 + $3 }' "$times/$1" | median; }
echo "medians of $runs runs in turn"
for what in empty case bundle; do
  awk -v n="$what" -v w="$(wall $what)" -v we="$(wall empty)" -v c="$(cpu $what)" -v ce="$(cpu empty)" 'BEGIN {
    name["empty"] = "empty console program"; name["case"] = "plan, case file"; name["bundle"] = "plan, FHIR bundle"
    printf "%-22s wall %6.0f ms  %5.1f   processor %6.0f ms  %5.1f\n", name[n], w, w / we, c, c / ce }'
done
