import { readFileSync } from 'node:fs';
import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import { EVENT_TYPES, topicsOf } from '#lib/events';
import { asyncApiOf } from './async-api.js';
import { SchemaStore } from './schema-store.js';

const text = asyncApiOf(SchemaStore.open());
interface Document {
  channels: Record<string, { address: string; messages: Record<string, unknown> }>;
  components: { messages: Record<string, unknown> };
}
const document = JSON.parse(text) as Document;
const valid = new Ajv({ strict: false, validateFormats: false, logger: false }).compile(specs.schemasWithoutId['3.0.0'] as object);

describe('The document of topics', () => {
  it('is AsyncAPI 3, by its own schema', () => {
    expect([valid(document), valid.errors]).toEqual([true, null]);
    expect(valid({ ...document, channels: { landing: { adress: 'x' } } })).toBe(false);
  });

  it('stands in schemas/ as the code says it: npm run schemas:asyncapi', () => {
    expect(readFileSync('schemas/asyncapi.json', 'utf8')).toBe(text);
  });

  it('names topics as the code does, and every event that a source may write', () => {
    const addresses = Object.values(document.channels).map(({ address }) => address);
    const named = Object.values(topicsOf()).map((topic) => (typeof topic === 'string' ? topic : topic('{source}')));
    expect(addresses.filter((address) => !named.includes(address))).toEqual([]);
    expect(addresses).toHaveLength(4);
    expect(Object.keys(document.channels.landing!.messages).sort()).toEqual([...EVENT_TYPES].sort());
  });

  it('points at nothing that is not there', () => {
    const pointed = [...text.matchAll(/"#\/components\/messages\/([^"]+)"/g)].map(([, name]) => name!);
    expect(pointed.filter((name) => !(name in document.components.messages))).toEqual([]);
    expect(new Set(pointed)).toEqual(new Set(Object.keys(document.components.messages)));
  });
});
