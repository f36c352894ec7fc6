import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import avro from 'avsc';
import { EVENT_TYPES, topicsOf } from '#lib/events';
import { SchemaStore, topicPlan } from '#lib/kafka';
import { MAPPINGS } from '../sources/sources.js';
import { asyncApi } from './async-api.js';

interface Document {
  channels: {
    landing: {
      address: string;
      parameters: { source: { enum: string[] } };
      messages: Record<string, { $ref: string }>;
      bindings: { kafka: { partitions: number } };
    };
  };
  components: { messages: Record<string, { payload: { schema: object } }> };
}

const schemas = SchemaStore.open();
const document = asyncApi({ topics: topicsOf(), sources: MAPPINGS, schemas }) as Document;
const { landing } = document.channels;

describe('The documentation of the topics', () => {
  it('is AsyncAPI 3', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const keeps = ajv.compile(specs.schemasWithoutId['3.0.0']);
    expect([keeps(document), keeps.errors]).toEqual([true, null]);
    expect(keeps({ ...document, channels: { landing: { ...landing, adress: 'x' } } })).toBe(false);
  });

  it('names the topics that are made, with their partitions, and every event in the schema it is read with', () => {
    const { enum: sources } = landing.parameters.source;
    const made = topicPlan(topicsOf(), sources, 4).filter(({ name }) => name.startsWith('landing.'));
    expect(made.map(({ name, partitions }) => [name, partitions])).toEqual(
      sources.map((source) => [landing.address.replace('{source}', source), landing.bindings.kafka.partitions]),
    );
    expect(sources).toEqual(MAPPINGS.filter(({ doors }) => doors.includes('kafka')).map(({ name }) => name));
    expect(Object.keys(landing.messages)).toEqual(EVENT_TYPES);
    for (const type of EVENT_TYPES) {
      const written = avro.Type.forSchema(document.components.messages[type]!.payload.schema as avro.Schema);
      expect(() => avro.Type.forSchema(JSON.parse(schemas.current(type).text) as avro.Schema).createResolver(written)).not.toThrow();
    }
  });
});
