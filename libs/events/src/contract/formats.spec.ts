import { z } from 'zod';
import { SourceEvent } from '../involvement-event.js';
import { FORMATS } from './formats.js';

/** Every pattern and format the contract asks of a text. */
function formatsIn(schema: unknown): Set<string> {
  const found = new Set<string>();
  const look = (node: unknown) => {
    if (typeof node !== 'object' || node === null) return;
    if ('format' in node && node.format === 'date-time') found.add('datetime');
    else if ('pattern' in node) found.add(`/${String(node.pattern)}/`);
    for (const inner of Object.values(node)) look(inner);
  };
  look(schema);
  return found;
}

describe('A text of the wrong form', () => {
  it('is explained in words for every form the contract knows, and no other', () => {
    const known = formatsIn(z.toJSONSchema(SourceEvent, { io: 'input' }));
    expect(Object.keys(FORMATS).sort()).toEqual([...known].sort());
  });
});
