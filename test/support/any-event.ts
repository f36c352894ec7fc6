import * as fc from 'fast-check';
import { z } from 'zod';
import { type EventType, type Service, SourceEvent, type SourceEventInput } from '#lib/events';

interface Node {
  type?: string;
  const?: unknown;
  enum?: string[];
  anyOf?: Node[];
  properties?: Record<string, Node>;
  required?: string[];
  items?: Node;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
}

/** Names and words as registers hold them: apostrophes, diacritics, other scripts, right to left, combining marks, emoji, quotes. */
const WORDS = [
  'O’Brien',
  "D'Souza",
  'Ångström-Şahin',
  'Ng',
  '李小龙',
  'مُحَمَّد',
  'שרה',
  'Zoë\u0301',
  '👩‍👧',
  'a"b\\c',
  '<b>',
  '{{x}}',
  "Robert'); --",
  ' X ',
];
const text = (longest = 100) =>
  fc
    .oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }))
    .map((value) => value.slice(0, longest))
    .filter((value) => VISIBLE.test(value) && value.isWellFormed() && !hasControl(value));
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
// oxlint-disable-next-line no-control-regex -- what the contract refuses in a text
const hasControl = (value: string) => /[\u0000-\u0008\u000B-\u001F\u007F]/.test(value);

const dayBetween = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const pastDay = dayBetween('1930-01-01', '2024-12-31');
const instant = fc
  .date({ min: new Date('2001-01-01'), max: new Date('2025-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const birthDate = pastDay.chain((day) =>
  fc.constantFrom(
    { date: day, precision: 'day' },
    { date: day.slice(0, 7), precision: 'month' },
    { date: day.slice(0, 4), precision: 'year' },
    { date: day, precision: 'expected' },
    { date: day.slice(0, 7), precision: 'expected' },
  ),
);

/** Any value of a schema of the contract. */
function anyOf(node: Node): fc.Arbitrary<unknown> {
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum) return fc.constantFrom(...node.enum);
  if (node.anyOf) return fc.oneof(...node.anyOf.map(anyOf));
  if (node.type === 'object') return objectOf(node);
  if (node.type === 'array')
    return fc.array(anyOf(node.items!), { minLength: node.minItems ?? 0, maxLength: Math.min(3, node.maxItems ?? 3) });
  if (node.type === 'boolean') return fc.boolean();
  if (node.type === 'integer') return fc.oneof(fc.nat(), fc.constantFrom(0, node.maximum ?? 0));
  if (node.type === 'null') return fc.constant(null);
  if (node.format === 'date-time') return instant;
  if (node.pattern?.startsWith('^\\d{4}')) return pastDay;
  if (node.pattern?.startsWith('^\\d{1,12}')) return fc.stringMatching(/^\d{1,12}$/);
  if (node.type === 'string') return text(node.maxLength);
  throw new Error(`any-event does not know ${JSON.stringify(node)}`);
}

function objectOf({ properties = {}, required = [] }: Node): fc.Arbitrary<unknown> {
  if ('precision' in properties) return birthDate;
  const fields = Object.entries(properties).filter(([name]) => name !== 'source');
  return fc.record(Object.fromEntries(fields.map(([name, node]) => [name, anyOf(node)])), {
    requiredKeys: required.filter((name) => name !== 'source'),
  });
}

const DETAILS: Partial<Record<string, Service>> = {
  school: 'school',
  adultSocialCare: 'adult-social-care',
  housing: 'housing',
  police: 'police',
  notInEducation: 'not-in-education',
};

type Loose = Record<string, unknown> & { details?: Record<string, unknown> | null; names?: { family?: unknown; given?: unknown[] }[] };

/** The rules that hold across fields, which the schema can't say. */
function inSense(event: Loose, service: Service): Loose {
  if ('service' in event) event.service = service;
  for (const [details, of] of Object.entries(DETAILS)) if (event.details && of !== service) delete event.details[details];
  for (const name of event.names ?? []) if (!name.family && !name.given?.length) name.family = 'Baker';
  for (const other of ['newRecordId', 'otherRecordId'])
    if (other in event) event[other] = `other than ${String(event.recordId)}`.slice(0, 200);
  if ('deceasedOn' in event && event.deceasedOn !== null) event.deceasedOn = '2025-01-01';
  if ('coversTo' in event && event.coversTo !== null) event.coversTo = '2025-01-01';
  return event;
}

/** Any event a source may rightly send: every field the contract knows, in every script, present or absent, without `source`. */
export function anyEvent(service: Service, types?: EventType[]): fc.Arbitrary<SourceEventInput> {
  const options = SourceEvent.options.filter((option) => types === undefined || types.includes(option.shape.type.value));
  const events = options.map((option) => anyOf(z.toJSONSchema(option, { io: 'input' }) as Node));
  return fc.oneof(...events).map((event) => inSense(structuredClone(event) as Loose, service) as unknown as SourceEventInput);
}
