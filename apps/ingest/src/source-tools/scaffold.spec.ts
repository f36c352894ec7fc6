import { readFileSync } from 'node:fs';
import { connectorOf, listedIn, mappingOf, sampleOf, specOf } from './scaffold.js';

const read = (name: string) => readFileSync(`apps/ingest/src/sources/${name}`, 'utf8');
const source = {
  name: 'drug-service',
  label: "St Hilda's recovery list",
  service: 'drug-and-alcohol',
  from: '2019-04-01',
  area: 'Northbridge',
  rule: 'Everybody in treatment since April 2019.',
};

describe('The files of a new source', () => {
  it('are the generic mapping and its spec under the new name', () => {
    const mapping = mappingOf(source, read('generic.ts'));
    expect(mapping).toContain('export const drugService: Mapping');
    for (const line of [
      "name: 'drug-service'",
      String.raw`label: 'St Hilda\'s recovery list'`,
      "services: ['drug-and-alcohol']",
      "service: 'drug-and-alcohol'",
      "from: '2019-04-01'",
    ])
      expect(mapping).toContain(line);
    expect(mapping).not.toMatch(/'other'|'generic'|another service/);
    expect(specOf(source, read('generic.spec.ts'))).toContain("import { drugService } from './drug-service.js';");
    expect(specOf(source, read('generic.spec.ts'))).toContain('details: { generic: {');
  });

  it('have a connector of their own', () => {
    const text = connectorOf(source, readFileSync('deploy/connect/mosaic.json', 'utf8'));
    expect(JSON.parse(text)).toMatchObject({
      name: 'drug-service',
      config: {
        'database.dbname': '${env:DRUG_SERVICE_DATABASE}',
        'database.user': 'drug_service_changes',
        'slot.name': '${env:DRUG_SERVICE_SLOT}',
        'transforms.route.replacement': '${env:TOPIC_PREFIX}cdc.drug-service',
      },
    });
    expect(text).not.toMatch(/mosaic/i);
  });

  it('are listed, with a file to begin with', () => {
    const listed = listedIn(source, read('sources.ts'));
    expect(listed).toContain("import { drugService } from './drug-service.js';");
    expect(listed).toMatch(/ {2}generic,\n {2}drugService,\n\];/);
    expect(sampleOf().split('\n')[0]).toMatch(/^Person ID,Last name,First names,/);
  });
});
