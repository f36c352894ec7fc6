import { z } from 'zod';
import { SourceEvent } from '../involvement-event.js';

/** Every field name of the contract, to suggest one for a misspelt field. */
export const FIELD_NAMES: readonly string[] = [...fieldsIn(z.toJSONSchema(SourceEvent, { io: 'input' }))].sort();

const KNOWN = new Set(FIELD_NAMES);

/** A pointer as far as the contract knows its steps: what follows are words of the sender, and people's names have been seen as keys. */
export function knownPart(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  const unknown = steps.findIndex((step) => !KNOWN.has(step) && !/^\d{1,4}$/.test(step));
  return steps
    .slice(0, unknown === -1 ? steps.length : unknown)
    .map((step) => `/${step}`)
    .join('');
}

function fieldsIn(schema: unknown): Set<string> {
  const fields = new Set<string>();
  const look = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    if ('properties' in node) for (const name of Object.keys(node.properties as object)) fields.add(name);
    for (const inner of Object.values(node)) look(inner);
  };
  look(schema);
  return fields;
}
