// Translates every CQL library that Hilum exported, runs it over the patients that Hilum wrote beside it, and compares the answers.
//
//   node check.mjs FOLDER [RESULT.md]     FOLDER as 'Hilum.Benchmarks cql FOLDER' writes it
//
// Fully known patient: both engines are equal. Partly known: where CQL says something, Hilum says the same; where Hilum decides and CQL says
// null, that is counted. Anything else fails. Patients a second of both engines are of this run: every define of a library, one thread.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

// the translator's UCUM code looks for this name
const require = createRequire(import.meta.url);
globalThis.require = require;
const { CqlTranslator, LibraryManager, ModelManager, createModelInfoProvider, createUcumService, stringAsSource } = await import('@cqframework/cql/cql-to-elm');
const cql = require('cql-execution');
const ucum = require('@lhncbc/ucum-lhc').UcumLhcUtils.getInstance();

const folder = process.argv[2];
const resultFile = process.argv[3];
const mostShown = 5;

function translator() {
  const system = fs.readFileSync(new URL('system-modelinfo.xml', import.meta.url), 'utf8');
  const models = new ModelManager();
  models.modelInfoLoader.registerModelInfoProvider(createModelInfoProvider(id => (id === 'System' ? stringAsSource(system) : null)));
  const never = () => { throw new Error('the translator only checks units'); };
  const units = createUcumService(never, unit => (ucum.validateUnitString(unit).status === 'valid' ? null : `${unit} is not a unit of UCUM`), never, never);
  const libraries = new LibraryManager(models, undefined, undefined, units);
  return text => JSON.parse(CqlTranslator.fromText(text, libraries).toJson());
}

const value = v => (v !== null && typeof v === 'object' ? new cql.Quantity(v.value, v.unit) : v);
const plain = v => (v === undefined ? null : v);

async function check(name, elm, lines) {
  const head = JSON.parse(lines[0]);
  const library = new cql.Library(elm);
  const nobody = new cql.PatientSource([]);
  const seen = head.results.map(() => new Set());
  const count = { patients: 0, known: 0, answers: 0, more: 0, wrong: 0 };
  const shown = [];
  let time = 0;
  for (const line of lines.slice(1)) {
    const [known, values, answers] = JSON.parse(line);
    const parameters = Object.fromEntries(head.parameters.map((p, i) => [p, value(values[i])]));
    const began = process.hrtime.bigint();
    const result = (await new cql.Executor(library, null, parameters).exec(nobody)).unfilteredResults;
    time += Number(process.hrtime.bigint() - began);
    count.patients++;
    if (known) count.known++;
    head.results.forEach((define, i) => {
      if (!(define in result)) throw new Error(`${name}: no answer for ${define}`);
      const [theirs, ours] = [plain(result[define]), answers[i]];
      count.answers++;
      seen[i].add(theirs);
      if (theirs === ours) return;
      if (!known && theirs === null) { count.more++; return; }
      count.wrong++;
      if (shown.length < mostShown) shown.push(`${name}, ${define}: CQL ${theirs}, Hilum ${ours}, ${known ? 'fully' : 'partly'} known: ${JSON.stringify(Object.fromEntries(head.parameters.map((p, n) => [p, values[n]])))}`);
    });
  }
  // a define that is no constant and never came out true, or never false, was compared with nothing
  const constant = new Set(elm.library.statements.def.filter(d => d.expression.type === 'Literal').map(d => d.name));
  const dull = head.results.filter((define, i) => seen[i].size < 2 + !['Points', 'Group'].includes(define) && !constant.has(define));
  return { name, ...count, defines: head.results.length, dull, shown, theirs: count.patients / (time / 1e9), ours: head.patientsPerSecond };
}

const translate = translator();
const rows = [];
let failed = false;
for (const file of fs.readdirSync(folder).filter(f => f.endsWith('.cql')).sort()) {
  const name = path.basename(file, '.cql');
  const elm = translate(fs.readFileSync(path.join(folder, file), 'utf8'));
  const errors = (elm.library.annotation ?? []).filter(a => a.type === 'CqlToElmError');
  for (const e of errors) console.error(`${file}:${e.startLine ?? '?'}: ${e.errorSeverity ?? 'error'}: ${e.message}`);
  if (errors.length > 0) { failed = true; continue; }
  const patients = path.join(folder, `${name}.ndjson`);
  if (!fs.existsSync(patients)) continue;
  const row = await check(name, elm, fs.readFileSync(patients, 'utf8').trimEnd().split('\n'));
  rows.push(row);
  console.log(`${name}: ${row.defines} defines, ${row.patients} patients (${row.known} fully known), ${row.answers} answers; CQL undecided where Hilum decides: ${row.more}; wrong: ${row.wrong}; patients/s: CQL ${Math.round(row.theirs)}, Hilum ${row.ours} (${Math.round(row.ours / row.theirs)} times)`);
  if (row.dull.length > 0) console.error(`${name}: never all of true, false and null, so nothing was compared: ${row.dull.join(', ')}`);
  for (const line of row.shown) console.error(line);
  failed ||= row.wrong > 0 || row.dull.length > 0;
}
if (rows.length === 0) { console.error(`${folder}: no libraries to compare`); failed = true; }
if (resultFile && rows.length > 0) fs.writeFileSync(resultFile, report(rows));
process.exit(failed ? 1 : 0);

function report(all) {
  const cpu = fs.existsSync('/proc/cpuinfo') ? /model name\s*: (.*)/.exec(fs.readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown' : 'unknown';
  const sum = key => all.reduce((total, row) => total + row[key], 0);
  return [
    '# Hilum and the CQL reference implementation',
    '',
    'Written by `reference/cql/check.mjs`: each export is translated by HL7\'s translator (npm `@cqframework/cql` 5.3.0) and run by npm `cql-execution` 3.3.2',
    'over the same random patients as Hilum, in one run. Patients a second: every define of the library, one thread, facts as parameters.',
    'Hilum: the best of five rounds over all patients; CQL: all patients once, reading of parameters included. The ratio is what to compare, not the rates.',
    '',
    `Machine: ${cpu}; node ${process.version}.`,
    '',
    '| Library | Defines | Patients | Answers | CQL null, Hilum decides | Other differences | CQL patients/s | Hilum patients/s | Ratio |',
    '|---|---|---|---|---|---|---|---|---|',
    ...all.map(r => `| ${r.name} | ${r.defines} | ${r.patients} | ${r.answers} | ${r.more} | ${r.wrong} | ${Math.round(r.theirs)} | ${r.ours} | ${Math.round(r.ours / r.theirs)} |`),
    `| all | ${sum('defines')} | ${sum('patients')} | ${sum('answers')} | ${sum('more')} | ${sum('wrong')} | | | |`,
    '',
  ].join('\n');
}
