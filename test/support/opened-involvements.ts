import { SourceEvent } from '#lib/events';

/** So many involvements of forty records, every third at a school: events for what cares about their number alone. */
export const openedInvolvements = (count: number): SourceEvent[] =>
  Array.from({ length: count }, (_, index) =>
    SourceEvent.parse({
      type: 'InvolvementOpened',
      source: index % 3 === 0 ? 'synergy' : 'mosaic',
      recordId: `7${index % 40}`,
      sourceVersion: { epoch: 0, position: index + 1 },
      occurredAt: '2026-05-01T09:00:00Z',
      involvementId: `opened-${index}`,
      service: index % 3 === 0 ? 'school' : 'childrens-social-care',
    }),
  );
