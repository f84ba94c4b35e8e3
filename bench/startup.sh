#!/usr/bin/env bash
# Wall time of the built program against an empty .NET console program, in turn, medians of N runs (default 21). Public tools only.
#   bench/startup.sh [N]
set -euo pipefail
root="$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)"
runs="${1:-21}"
"$root/hilum" --version >/dev/null
dotnet publish "$root/bench/EmptyConsole" -c Release -o "$root/artifacts/empty-console" -v quiet -nologo >/dev/null
export HILUM_GUIDANCE="$root/guidance" HILUM_CACHE="$root/artifacts/cache"
empty="$root/artifacts/empty-console/EmptyConsole"
app="$root/artifacts/hilum/Hilum.Cli"
case="$root/patients/first-line-in-conventional-units/case.yaml"
bundle="$root/patients/untreated-clear-cell-intermediate-si/bundle.json"
now() { echo "${EPOCHREALTIME/[.,]/}"; }
once() { local from; from=$(now); "$@" >/dev/null; echo $(($(now) - from)); }
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
a=$(mktemp) b=$(mktemp) c=$(mktemp)
trap 'rm -f "$a" "$b" "$c"' EXIT
for _ in 1 2; do "$empty" >/dev/null; "$app" plan "$case" >/dev/null; "$app" plan "$bundle" >/dev/null; done
for ((i = 0; i < runs; i++)); do
  once "$empty" >>"$a"
  once "$app" plan "$case" >>"$b"
  once "$app" plan "$bundle" >>"$c"
done
e=$(median <"$a") f=$(median <"$b") g=$(median <"$c")
awk -v e="$e" -v f="$f" -v g="$g" -v n="$runs" 'BEGIN {
  printf "medians of %d runs in turn\n", n
  printf "empty console program   %6.1f ms   1.0\n", e / 1000
  printf "plan, case file         %6.1f ms   %.1f\n", f / 1000, f / e
  printf "plan, FHIR bundle       %6.1f ms   %.1f\n", g / 1000, g / e }'
