import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import { type Envelope, SourceEvent } from '#lib/events';
import { SchemaStore } from '#lib/kafka';
import { sealEvent, type SubjectKey } from '#lib/sealing';
import type { Drill } from './harness/drill.js';
import type { Scene } from './harness/scene.js';

const NO_SUCH_SCHEMA = 2_000_000_000;

/** Bytes that are no event, of many kinds, among events: each is held with its reason and its exact bytes, and everything else flows. */
export const poison: Drill = {
  name: 'poison',
  what: 'poison bytes of twelve kinds among good events, in both logs',
  async run(scene) {
    await scene.projector({ PROJECTOR_MISSING_KEYS: '10000' });
    scene.startLoad();
    const [key] = await scene.log.keys.subjectsFor([{ source: 'mosaic', recordId: 'R-1' }]);
    const kinds = await kindsOfPoison(scene, key!);
    for (let round = 0; round < (scene.short ? 2 : 10); round += 1) {
      await scene.untilApplied(50);
      await publish(
        scene,
        scene.topics.involvementLog,
        key!.subject,
        kinds.map(({ value }) => value),
      );
      await publish(scene, scene.topics.identityLog, key!.subject, [randomBytes(20), null, good(scene, key!)]);
    }
    await scene.stopLoad();
    await scene.untilCaughtUp();
    await everyKindIsHeld(scene, kinds);
  },
};

interface Kind {
  what: string;
  code: string;
  value: Buffer | null;
}

async function kindsOfPoison(scene: Scene, key: SubjectKey): Promise<Kind[]> {
  const whole = good(scene, key);
  const changed = (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(whole);
    change(bytes);
    return bytes;
  };
  const source = whole.indexOf('mosaic');
  const decision = scene.log.codec.encodeDecision({ type: 'MatchedUpTo', decision: 1, offsets: [] });
  const stranger = '01234567-0000-0000-0000-000000000000';
  return [
    { what: 'no bytes', code: 'undecodable', value: Buffer.alloc(0) },
    { what: 'no value', code: 'no-value', value: null },
    { what: 'a foreign magic byte', code: 'undecodable', value: changed((bytes) => bytes.writeUInt8(7, 0)) },
    { what: 'an unknown schema id', code: 'undecodable', value: changed((bytes) => bytes.writeUInt32BE(NO_SUCH_SCHEMA, 1)) },
    { what: 'its end missing', code: 'undecodable', value: whole.subarray(0, whole.length - 9) },
    { what: 'bytes behind its end', code: 'undecodable', value: Buffer.concat([whole, Buffer.from([0])]) },
    { what: 'invalid UTF-8', code: 'undecodable', value: changed((bytes) => bytes.writeUInt8(0xff, source)) },
    {
      what: 'sealed bytes altered',
      code: 'seal-broken',
      value: changed((bytes) => bytes.writeUInt8(bytes.at(-30)! ^ 1, bytes.length - 30)),
    },
    { what: 'another record', code: 'contract-broken', value: decision },
    { what: 'an event that contradicts its envelope', code: 'contract-broken', value: contradicting(scene, key) },
    { what: 'a token that is none', code: 'row-refused', value: scene.log.sealed(link('no token'), key) },
    { what: 'no key', code: 'key-missing', value: scene.log.sealed(link(stranger), key, (clear) => ({ ...clear, subject: stranger })) },
  ];
}

const good = (scene: Scene, key: SubjectKey) => scene.log.sealed(link(key.subject), key);

const link = (otherRecordId: string) =>
  SourceEvent.parse({
    type: 'RelationshipLinked',
    source: 'mosaic',
    recordId: 'R-1',
    relationshipId: 'poison',
    otherRecordId,
    relationship: 'parent',
    sourceVersion: { epoch: 0, position: 1 },
    occurredAt: '2026-05-01T09:00:00Z',
  });

/** Sealed as it should be, only that the event inside is of another version than the envelope says. */
function contradicting(scene: Scene, key: SubjectKey): Buffer {
  const envelope: Envelope = scene.log.codec.decodeEnvelope(good(scene, key));
  const { bytes } = SchemaStore.open().encodeEvent({ ...link(key.subject), eventId: envelope.id });
  const clear = { ...envelope, sourceVersion: { epoch: 0, position: 2 } };
  return scene.log.codec.encodeEnvelope({ ...clear, sealed: sealEvent(key, clear, bytes) });
}

async function publish(scene: Scene, topic: string, key: string, values: (Buffer | null)[]): Promise<void> {
  const producer = scene.kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ key, value })) });
  await producer.disconnect();
}

async function everyKindIsHeld(scene: Scene, kinds: readonly Kind[]): Promise<void> {
  const { rows } = await scene.pool.query<{ code: string; bytes: Buffer | null }>('SELECT code, bytes FROM read_1.parked');
  const told = rows.map(({ code, bytes }) => `${code} ${bytes?.toString('hex')}`);
  const missing = kinds.filter(({ code, value }) => !told.includes(`${code} ${value?.toString('hex')}`));
  if (missing.length > 0) throw new Error(`not held, or by another code: ${missing.map(({ what }) => what).join(', ')}`);
}
