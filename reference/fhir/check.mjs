// Uses Hilum's doors with the software of other people: Medplum's client as the CDS Hooks client, fhir-kit-client as the FHIR client,
// and the npm package `fhir` as the parser and validator of what Hilum writes.
// node check.mjs http://127.0.0.1:5080 ../../patients/late-relapse/bundle.json
import { readFileSync } from 'node:fs';

globalThis.WebSocket ??= class {}; // Medplum's client names it when it is loaded; node 20 has none
const { MedplumClient, buildCdsRequest } = await import('@medplum/core');
const { Fhir } = (await import('fhir')).default;
const kit = await import('fhir-kit-client');
const Client = [kit.default, kit.default?.default, kit.Client].find(c => typeof c === 'function');

const [hilum, file] = process.argv.slice(2);
const record = JSON.parse(readFileSync(file, 'utf8'));
const resources = record.entry.map(e => e.resource);
const patient = resources.find(r => r.resourceType === 'Patient');
let failed = 0;
function expect(what, holds, detail = '') {
  if (!holds) failed++;
  console.log(`${holds ? 'ok' : 'FAILED'}: ${what}${holds ? '' : ' ' + JSON.stringify(detail).slice(0, 600)}`);
}

// --- CDS Hooks, by Medplum's client: it discovers, fetches what the service asks for from its own FHIR server, and calls
const ehr = 'https://ehr.example.org/';
async function network(url, options) {
  const address = new URL(url);
  if (!address.href.startsWith(ehr)) return fetch(url, options);
  const [type, id] = address.pathname.replace('/fhir/R4/', '').split('/');
  const found = resources.filter(r => r.resourceType === type && (!id || r.id === id));
  const body = id ? found[0] : { resourceType: 'Bundle', type: 'searchset', ...(found.length ? { entry: found.map(resource => ({ resource })) } : {}) };
  return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/fhir+json' } });
}
const medplum = new MedplumClient({ baseUrl: ehr, cdsServicesUrl: `${hilum}/cds-services`, fetch: network });
const { services } = await medplum.getCdsServices();
expect('Medplum discovers three services', services.length === 3, services);
const service = services.find(s => s.hook === 'patient-view');
const request = await buildCdsRequest(medplum, { resourceType: 'Practitioner', id: 'dr1' }, service, { userId: 'Practitioner/dr1', patientId: patient.id });
const answer = await medplum.callCdsService(service.id, request);
expect('Medplum fires patient-view and gets one card', answer.cards?.length === 1, answer);
const card = answer.cards[0];
expect('the card has a short summary, an indicator and a source', card.summary.length < 140 && ['info', 'warning', 'critical'].includes(card.indicator) && card.source.label.length > 0, card);
const feedback = await fetch(`${hilum}/cds-services/${service.id}/feedback`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ feedback: [{ card: card.uuid, outcome: 'overridden', overrideReason: { reason: card.overrideReasons[0] }, outcomeTimestamp: new Date().toISOString() }] }),
});
expect('feedback is taken', feedback.status === 200, feedback.status);

// --- FHIR, by fhir-kit-client and the validator of `fhir`
const validator = new Fhir();
function valid(what, resource) {
  const { messages } = validator.validate(resource);
  const errors = messages.filter(m => m.severity === 'error' || m.severity === 'fatal');
  expect(`${what} is valid FHIR R4`, errors.length === 0, errors);
  const again = validator.xmlToObj(validator.objToXml(resource));
  expect(`${what} survives a way through XML`, again.resourceType === resource.resourceType && (again.entry?.length ?? 0) === (resource.entry?.length ?? 0));
}
const client = new Client({ baseUrl: `${hilum}/fhir` });
valid('the CapabilityStatement', await client.capabilityStatement());
const editions = await client.search({ resourceType: 'PlanDefinition' });
expect('every edition is found', editions.entry.length === editions.total && editions.total > 0, editions.total);
for (const { resource } of editions.entry) valid(`PlanDefinition/${resource.id}`, await client.read({ resourceType: 'PlanDefinition', id: resource.id }));
const plan = await client.operation({ name: 'apply', resourceType: 'PlanDefinition', id: 'current', method: 'POST', input: record });
valid('the plan', plan);
for (const { resource } of plan.entry) valid(`its ${resource.resourceType}`, resource);
for (const suggestion of card.suggestions ?? []) for (const action of suggestion.actions) valid(`the draft of ${suggestion.label}`, action.resource);
console.log(failed === 0 ? 'all hold' : `${failed} do not hold`);
process.exit(failed === 0 ? 0 : 1);
