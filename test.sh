#!/usr/bin/env bash
# Checks everything: format, build with warnings as errors, the guidance and its worked cases, all tests.
# The same for people and for CI. The last line is: N passed, N failed
set -uo pipefail
cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
command -v dotnet >/dev/null || { echo "the .NET 10 SDK is needed (dotnet was not found)"; echo "0 passed, 1 failed"; exit 1; }

# --full: every page in every theme and language instead of a sample
if [[ ${1:-} == --full ]]; then
  shift
  export HILUM_FULL=1
fi
passed=0 failed=0 skipped=0
began=$SECONDS
took() { # took SECONDS BUDGET: says how long a step took, and how long it may take on two cores
  (($1 <= $2)) && echo "   ($1 s of $2)" || echo "   ($1 s of $2: OVER BUDGET on this machine, at this load)"
}
step() { # step BUDGET NAME COMMAND...: runs it, counts it, says how long it took
  local budget=$1 name=$2 from=$SECONDS
  shift 2
  echo "== $name"
  "$@"
  case $? in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) ;;
    *) failed=$((failed + 1)); echo "FAILED: $name" ;;
  esac
  took $((SECONDS - from)) "$budget"
}
finish() {
  echo "== whole run: $((SECONDS - began)) s"
  echo "$passed passed, $failed failed, $skipped skipped"
  [[ $failed -eq 0 ]]
  exit
}

step 60 "restore (locked versions)" dotnet restore Hilum.slnx --locked-mode -v quiet
step 120 "build, warnings are errors" dotnet build Hilum.slnx -c Release --no-restore -v quiet -nologo -m:2
[[ $failed -eq 0 ]] || finish
step 60 "format" dotnet format whitespace Hilum.slnx --no-restore --verify-no-changes
step 60 "guidance: valid, reachable, complete, free of contradiction; worked cases pass" ./hilum guidance check
reference_cql() { # the CQL exports against HL7's translator and engine; 77 where those cannot be had
  local major=0 folder
  command -v npm >/dev/null && major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
  ((major >= 20)) || { echo "skipped: node 20 or newer, with npm, was not found"; return 77; }
  [[ -d reference/cql/node_modules ]] || (cd reference/cql && timeout 60 npm ci --ignore-scripts --silent) || { rm -rf reference/cql/node_modules; echo "skipped: the npm packages could not be installed"; return 77; }
  folder="$(mktemp -d)"
  dotnet artifacts/bin/Hilum.Benchmarks/release_linux-x64/Hilum.Benchmarks.dll cql "$folder" 10000 1 && node reference/cql/check.mjs "$folder"
  local result=$?
  rm -rf "$folder"
  return "$result"
}
step 120 "CQL: HL7's reference engine agrees on 10,000 patients a library" reference_cql
reference_fhir() { # the doors, used by the clients and parsers of other people; 77 where those cannot be had
  local major=0 folder server result url=http://127.0.0.1:5095
  command -v npm >/dev/null && major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
  ((major >= 20)) || { echo "skipped: node 20 or newer, with npm, was not found"; return 77; }
  [[ -d reference/fhir/node_modules ]] || (cd reference/fhir && timeout 60 npm ci --ignore-scripts --silent) || { rm -rf reference/fhir/node_modules; echo "skipped: the npm packages could not be installed"; return 77; }
  folder="$(mktemp -d)"
  HILUM_GUIDANCE=$PWD/guidance HILUM_CACHE="$folder" artifacts/hilum/Hilum.Cli serve --urls $url --store "$folder/store.db" 2>"$folder/log" &
  server=$!
  for _ in $(seq 100); do curl -sf $url/healthz >/dev/null && break; sleep 0.2; done
  timeout 120 node reference/fhir/check.mjs $url patients/late-relapse/bundle.json >"$folder/said"
  result=$?
  ((result == 0)) && tail -1 "$folder/said" || cat "$folder/said" "$folder/log"
  kill $server
  wait $server 2>/dev/null
  rm -rf "$folder"
  return "$result"
}
step 120 "doors: clients and parsers of other people find nothing wrong" reference_fhir
mutation() { # the faults and who noticed them; no test run is no pass
  local said result
  said="$(dotnet artifacts/bin/Hilum.Proof.Tests/release/Hilum.Proof.Tests.dll -trait step=mutation -showLiveOutput 2>&1)"
  result=$?
  sed 's/\x1b\[[0-9;]*m//g' <<<"$said" | grep -E 'OUTPUT|not noticed|FAIL|Total:' || echo "$said"
  grep -q 'faults (seed' <<<"$said" && return "$result"
}
step 120 "mutation: guidance broken on purpose is noticed" mutation
log="$(mktemp)"
echo "== tests"
from=$SECONDS
dotnet test --no-build -c Release --solution Hilum.slnx --filter-not-trait step=mutation "$@" 2>&1 | tee "$log"
rc=${PIPESTATUS[0]}
count() { sed 's/\x1b\[[0-9;]*m//g' "$log" | awk -v k="$1:" '$1 == k { v = $2 } END { print v + 0 }'; }
passed=$((passed + $(count succeeded)))
failed=$((failed + $(count failed)))
skipped=$((skipped + $(count skipped)))
[[ $rc -ne 0 && $(count failed) -eq 0 ]] && failed=$((failed + 1))
rm -f "$log"
took $((SECONDS - from)) 240
finish
