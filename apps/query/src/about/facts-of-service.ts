import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '#lib/events';
import { projectFolder } from '../layout/templates.js';

interface AvroField {
  name: string;
  doc: string;
  type: Avro;
}
type Avro = string | Avro[] | { fields?: AvroField[] };

/** What an opened panel of a service may show, each with what the event's own documentation says of it. */
export interface FactShown {
  name: string;
  doc: string;
}

/** The record of an involvement's details that holds a service's facts; any other service has the generic one. */
const DETAILS: Partial<Record<string, string>> = {
  school: 'school',
  'adult-social-care': 'adultSocialCare',
  housing: 'housing',
  police: 'police',
  'not-in-education': 'notInEducation',
} satisfies Partial<Record<Service, string>>;
const OF_EVERY_SERVICE = ['openedOn', 'organisation', 'team', 'teamPhone', 'practitioner'];

const involvement = JSON.parse(readFileSync(join(projectFolder, 'schemas/involvement-opened.avsc'), 'utf8')) as Avro;

/** The facts of one service: of every service first, then its own. */
export function factsOfService(service: string): FactShown[] {
  const fields = fieldsIn(involvement);
  const details = fieldsIn(fields.find(({ name }) => name === 'details')!.type);
  const own = details.find(({ name }) => name === (DETAILS[service] ?? 'generic'));
  return [...fields.filter(({ name }) => OF_EVERY_SERVICE.includes(name)), ...fieldsIn(own?.type ?? 'null')].map(factShown);
}

function fieldsIn(type: Avro): AvroField[] {
  if (Array.isArray(type)) return type.flatMap(fieldsIn);
  return typeof type === 'string' ? [] : (type.fields ?? []);
}

/** As a reader would say it, not as a source has to write it. */
function factShown({ name, doc }: AvroField): FactShown {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return {
    name: words.charAt(0).toUpperCase() + words.slice(1),
    doc: doc.replace(', YYYY-MM-DD', '').replace(/^Code: (.*)/, (_, codes: string) => `One of ${codes.replaceAll('-', ' ')}`),
  };
}
