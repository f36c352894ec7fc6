import type { EventOutcome, Place, PublishAnswer } from '#lib/events';
import type { EventInFile } from './events-in-file.js';

/** The outcome of each event in words for a source team, and a last line with the counts. It names events by place and type, never by person. */
export function report(sent: EventInFile[], { results }: PublishAnswer): string {
  const lines = results.map((outcome) => describe(outcome, sent[outcome.index]!));
  const counts = (['accepted', 'valid', 'rejected'] as const)
    .map((status) => ({ status, count: results.filter((outcome) => outcome.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status === 'valid' ? 'would be accepted' : status}`);
  return [...lines, '', `${results.length} ${results.length === 1 ? 'event' : 'events'}: ${counts.join(', ')}`].join('\n');
}

export const anyRejected = ({ results }: PublishAnswer): boolean => results.some(({ status }) => status === 'rejected');

function describe(outcome: EventOutcome, { event, line }: EventInFile): string {
  const type = typeof event === 'object' && event !== null && 'type' in event ? event.type : undefined;
  const named = `event ${outcome.index}${line === undefined ? '' : ` (line ${line})`}  ${typeof type === 'string' && /^[A-Za-z]{1,40}$/.test(type) ? type : 'unknown event'}`;
  switch (outcome.status) {
    case 'accepted':
      return `accepted  ${named}  ${outcome.eventId}  ${'places' in outcome ? outcome.places.map(placeOf).join(', ') : placeOf(outcome)}`;
    case 'valid':
      return `valid     ${named}`;
    case 'rejected':
      return [
        `REJECTED  ${named}`,
        ...outcome.problems.flatMap(({ pointer, rule, expected, fix }) => [
          `            ${pointer || '(the event)'}  ${rule}`,
          `              expected: ${expected}`,
          `              to do:    ${fix}`,
        ]),
      ].join('\n');
  }
}

const placeOf = ({ partition, offset }: Place) => `partition ${partition} offset ${offset}`;
