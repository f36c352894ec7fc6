import { DoubtableRecords } from '../doubt-record/doubt-record.query.js';
import { ValuesToReport } from '../report-problem/report-value.query.js';
import { SourceFreshness } from '../source-freshness.js';
import { Contacts } from '../view-contacts/view-contacts.query.js';
import { Family } from '../view-family/view-family.query.js';
import { Addresses } from '../view-person/view-addresses.query.js';
import { PersonPage } from '../view-person/view-person.query.js';
import { QueryApp } from '../../../../test/support/query-app.js';

let app: QueryApp;
let document: {
  openapi: string;
  paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
};
beforeAll(async () => {
  app = await QueryApp.open();
  document = JSON.parse((await app.send('/openapi.json', {})).text) as typeof document;
});
afterAll(() => app?.close());

describe('The documentation of REST', () => {
  it('is OpenAPI 3.1 and lists every route under /v1, and no page', () => {
    expect(document.openapi).toBe('3.1.0');
    const routes = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
    expect(routes.sort()).toEqual([
      'get /v1/people/{id}',
      'get /v1/people/{id}/addresses',
      'get /v1/people/{id}/contacts',
      'get /v1/people/{id}/doubts',
      'get /v1/people/{id}/family',
      'get /v1/people/{id}/relationships',
      'get /v1/people/{id}/same/{other}',
      'get /v1/people/{id}/services/{service}',
      'get /v1/people/{id}/values',
      'get /v1/problems',
      'get /v1/searches/{id}',
      'get /v1/sources/{source}',
      'post /v1/links',
      'post /v1/people/{id}/doubts',
      'post /v1/people/{id}/doubts/{doubt}/withdrawn',
      'post /v1/people/{id}/problems',
      'post /v1/people/{id}/reasons',
      'post /v1/people/{id}/same/{other}',
      'post /v1/people/{id}/same/{other}/withdrawn',
      'post /v1/people/{id}/services/{service}/problems',
      'post /v1/searches',
    ]);
  });

  it('lists every way in which a question is refused: too fast, and a report that would go to others', () => {
    const statuses = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => [`${method} ${path}`, Object.keys(responses)] as const),
    );
    expect(statuses.filter(([, answers]) => !answers.includes('429'))).toEqual([]);
    expect(statuses.filter(([, answers]) => answers.includes('409')).map(([route]) => route)).toEqual([
      'post /v1/people/{id}/services/{service}/problems',
    ]);
    const asked = statuses.filter(([route, answers]) => route.startsWith('get ') && answers.includes('400'));
    expect(asked.map(([route]) => route)).toEqual(['get /v1/problems']);
    expect(JSON.stringify(document.paths['/v1/problems']!.get)).toContain('"name":"source"');
  });

  it('points at nothing that is not there', () => {
    const pointed = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
    expect(pointed.length).toBeGreaterThan(10);
    expect([...new Set(pointed)].filter((name) => !(name in document.components.schemas))).toEqual([]);
  });

  it('describes what is really answered', async () => {
    const { person } = await app.people.record();
    const { body } = await app.get(`/v1/people/${person}`);
    expect(PersonPage.strict().parse(body.result)).toEqual(body.result);
    const answers = { family: Family, contacts: Contacts, addresses: Addresses, doubts: DoubtableRecords, values: ValuesToReport };
    for (const [part, schema] of Object.entries(answers)) {
      const { result } = (await app.get(`/v1/people/${person}/${part}`)).body;
      expect(schema.strict().parse(result)).toEqual(result);
    }
    expect(body.sources.map((source) => SourceFreshness.strict().parse(source))).toEqual(body.sources);
    expect(Object.keys(body).sort()).toEqual(['askedAt', 'generation', 'requestId', 'result', 'sources']);
  });

  it('has a page for people, on which nothing of a person can be asked', async () => {
    const { status, headers, text } = await app.send('/docs', {});
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
    expect(text).not.toMatch(/<script(?![^>]*src)/);
    for (const [, script] of text.matchAll(/(?:src|href)="(\.?\/?docs\/[^"]+|\.\/[^"]+)"/g)) {
      expect((await app.send(new URL(script!, `${app.url}/docs`).pathname, {})).status).toBe(200);
    }
  });
});
