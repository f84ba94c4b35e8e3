#!/usr/bin/env bash
# Wall and processor time of the built program against two empty .NET console programs, in turn, medians of N runs (default 21). Public tools only.
# The one is what `dotnet new console` makes, published as it is; the other is bench/EmptyConsole: compiled ahead and with the settings of ours, it does nothing at all.
#   bench/startup.sh [N]
set -euo pipefail
root="$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd)"
runs="${1:-21}"
"$root/hilum" --version >/dev/null
dotnet publish "$root/bench/EmptyConsole" -c Release -o "$root/artifacts/empty-console" -v quiet -nologo >/dev/null
export HILUM_GUIDANCE="$root/guidance" HILUM_CACHE="$root/artifacts/cache" LC_ALL=C
empty="$root/artifacts/empty-console/EmptyConsole"
template="$root/artifacts/template-console"
[[ -x $template/out/app ]] || { # beside no other project, so that no setting of ours reaches it
  made="$(mktemp -d)"
  dotnet new console -o "$made/app" --no-update-check >/dev/null
  dotnet publish "$made/app" -c Release -o "$template/out" -v quiet -nologo >/dev/null
  rm -rf "$made"
}
app="$root/artifacts/hilum/Hilum.Cli"
case="$root/patients/first-line-in-conventional-units/case.yaml"
bundle="$root/patients/untreated-clear-cell-intermediate-si/bundle.json"
times="$(mktemp -d)"
trap 'rm -rf "$times"' EXIT
TIMEFORMAT='%R %U %S'
once() { local file="$times/$1"; shift; { time "$@" >/dev/null 2>&1; } 2>>"$file"; }
for _ in 1 2; do "$empty" >/dev/null; "$template/out/app" >/dev/null; "$app" plan "$case" >/dev/null; "$app" plan "$bundle" >/dev/null; done
for ((i = 0; i < runs; i++)); do
  once empty "$empty"
  once template "$template/out/app"
  once case "$app" plan "$case"
  once bundle "$app" plan "$bundle"
done
median() { sort -n | awk '{ v[NR] = $1 } END { print 1000 * v[int((NR + 1) / 2)] }'; }
wall() { awk '{ print $1 }' "$times/$1" | median; }
cpu() { awk '{ print $2 + $3 }' "$times/$1" | median; }
echo "medians of $runs runs in turn"
printf '%-26s %10s %14s %10s\n' '' 'wall' 'of template' 'of empty'
for what in empty template case bundle; do
  awk -v n="$what" -v w="$(wall $what)" -v we="$(wall empty)" -v wt="$(wall template)" -v c="$(cpu $what)" -v ce="$(cpu empty)" -v ct="$(cpu template)" 'BEGIN {
    name["empty"] = "empty, our settings"; name["template"] = "empty, dotnet new console"; name["case"] = "plan, case file"; name["bundle"] = "plan, FHIR bundle"
    printf "%-26s %7.0f ms %14.1f %10.1f   processor %4.0f ms %5.1f %5.1f\n", name[n], w, w / wt, w / we, c, c / ct, c / ce }'
done
