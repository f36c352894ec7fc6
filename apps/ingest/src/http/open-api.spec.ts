import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { EVENT_TYPES, SourceEvent, topicsOf } from '#lib/events';
import { createLogger, Metrics } from '#lib/runtime';
import { Deadline } from '../deadline.js';
import { IngestModule, type IngestParts } from '../ingest.module.js';
import { Reachable } from '../reachable.js';
import { Digests } from '../remembered/digests.js';
import { SourcesInUse } from '../sources/sources-in-use.js';
import { UnderWay } from '../under-way.js';
import type { KnownSenders } from './known-senders.js';
import { doorAdapter } from './door.js';
import { documentDoor } from './open-api.js';

interface Document {
  openapi: string;
  paths: Record<string, { post?: { responses: object; security: object[] } }>;
  components: { schemas: Record<string, { required?: string[]; properties?: object }> };
}

describe('The documentation of the door', () => {
  let app: NestFastifyApplication;
  let document: Document;
  const get = async (url: string) => await app.inject({ url });
  beforeAll(async () => {
    app = await NestFactory.create<NestFastifyApplication>(IngestModule.on(nothingBehind()), doorAdapter({} as KnownSenders), {
      logger: false,
      bodyParser: false,
    });
    documentDoor(app, IngestModule);
    await app.init();
    document = (await get('/openapi.json')).json<Document>();
  });
  afterAll(() => app.close());

  it('is OpenAPI 3.1, with the one address, its token and all its answers', () => {
    expect(document.openapi).toBe('3.1.0');
    const { post } = document.paths['/v1/sources/{source}/events']!;
    expect(Object.keys(post!.responses)).toEqual(['200', '400', '401', '403', '404', '413', '415', '503']);
    expect(post!.security).toEqual([{ bearer: [] }]);
  });

  it('describes every event by the rules that check it, the source left to the address', () => {
    for (const option of SourceEvent.options) {
      const { $schema: _, required, ...rules } = z.toJSONSchema(option, { io: 'input' });
      const documented = document.components.schemas[option.shape.type.value];
      expect(withoutWords(documented)).toEqual({ ...rules, required: required?.filter((field) => field !== 'source') });
    }
    expect(EVENT_TYPES.length).toBe(10);
  });

  it('says of every field what it means', () => {
    const silent = EVENT_TYPES.flatMap((type) =>
      Object.entries(document.components.schemas[type]!.properties ?? {})
        .filter(([name, field]) => name !== 'type' && !('description' in field))
        .map(([name]) => `${type}.${name}`),
    );
    expect(silent).toEqual([]);
    expect(JSON.stringify(document.components.schemas.PersonRecorded)).toContain('Family name');
  });

  it('leads nowhere that does not exist', () => {
    const refs = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect(new Set(refs).size).toBeGreaterThan(10);
    for (const name of refs) expect(document.components.schemas).toHaveProperty(name);
  });

  it('is a page for people, which asks no other host for anything', async () => {
    const page = (await get('/docs')).body;
    expect(page).toContain('swagger');
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
    const [script] = /[\w./-]*swagger-ui-bundle\.js/.exec(page)!;
    expect((await get(new URL(script, 'http://door/docs').pathname)).statusCode).toBe(200);
  });
});

/** The door alone: documentation needs neither log nor keys. */
const nothingBehind = (): IngestParts => ({
  keyStore: new Reachable(() => Promise.reject(new Error('no key store'))),
  writer: new Reachable(() => Promise.reject(new Error('no log'))),
  topics: topicsOf(),
  unreadBefore: () => Promise.reject(new Error('no log')),
  partitions: 4,
  sources: new SourcesInUse([]),
  database: new Reachable(() => Promise.reject(new Error('no database'))),
  digests: new Digests(Buffer.alloc(32)),
  secret: Buffer.alloc(32),
  underWay: new UnderWay(),
  deadline: new Deadline(1_000),
  logger: createLogger('ingest', 'silent'),
  metrics: new Metrics('ingest'),
  checks: [],
});

/** The schema without the descriptions of its fields (a field named `description` would stay). */
function withoutWords(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutWords);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => key !== 'description' || typeof value !== 'string')
      .map(([key, value]) => [key, withoutWords(value)]),
  );
}
