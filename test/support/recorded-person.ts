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

/** A person born on 2 March 2015, with or without an NHS number, as one source knows them. */
export const recorded = (source: string, recordId: string, position: number, nhs?: string): SourceEvent =>
  event({
    type: 'PersonRecorded',
    ...about(source, recordId, position, {
      names: [{ family: 'Okafor', given: ['Ada'] }],
      dateOfBirth: { date: '2015-03-02', precision: 'day' as const },
      identifiers: nhs ? [{ type: 'nhs' as const, value: nhs }] : [],
    }),
  });
