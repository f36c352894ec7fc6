import { hash } from 'node:crypto';
import { SourceEvent, type SourceEventInput } from '#lib/events';

/** An event as it stands in the log, from what a source would write. */
export const event = (input: SourceEventInput): SourceEvent => SourceEvent.parse(input);

/** What every event says of itself, and `rest`. @param position its place in the source's own order */
export const about = <T extends object>(source: string, recordId: string, position: number, rest: T) => ({
  source,
  recordId,
  sourceVersion: { epoch: 0, position },
  occurredAt: '2026-01-05T09:00:00Z',
  ...rest,
});

/** A person born on 2 March 2015, with or without an NHS number, as one source knows them: named alike wherever the number is the same, and like nobody else. */
export const recorded = (source: string, recordId: string, position: number, nhs?: string): SourceEvent =>
  event({
    type: 'PersonRecorded',
    ...about(source, recordId, position, {
      names: [{ family: wordOf(`family ${nhs ?? recordId}`), given: [wordOf(`given ${nhs ?? recordId}`)] }],
      dateOfBirth: { date: '2015-03-02', precision: 'day' as const },
      identifiers: nhs ? [{ type: 'nhs' as const, value: nhs }] : [],
    }),
  });

/** Ten consonants that sound like no other word's. */
const wordOf = (text: string) => hash('sha256', text, 'hex').slice(0, 10).replace(/./g, (digit) => 'bdfgjklmnprstvxz'.charAt(parseInt(digit, 16))); // prettier-ignore
