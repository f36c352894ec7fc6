import type { Service, SourceEventInput } from '#lib/events';
import { checkContent } from '../rows/check-content.js';
import type { Fact, RowVersion } from '../rows/fact.js';
import type { Mapping, Table } from '../sources/mapping.js';
import type { FactsOfTable } from './remembered.js';

/** Facts that end or go where a complete file no longer holds them, and how. */
export type Vanishing = FactsOfTable &
  (
    | { kind: 'person'; as: 'removed' }
    | { kind: 'involvement'; as: 'closed' | 'retracted' }
    | { kind: 'relationship'; as: 'ended' | 'retracted' }
  );

/** What a complete file of a table says by silence. A merge is never undone, and a record that is kept stays. */
export function vanishingFrom({ person, involvement, relationship }: Table): Vanishing[] {
  const found: Vanishing[] = [];
  if (person?.whenGone === 'removed') found.push({ kind: 'person', service: null, as: 'removed' });
  // one table, one service: a test holds every mapping to it
  if (involvement) found.push({ kind: 'involvement', service: involvement.service as Service, as: involvement.whenGone });
  if (relationship) found.push({ kind: 'relationship', service: null, as: relationship.whenGone });
  return found;
}

/** Whether silence says nothing new of a fact: what is over stays over. */
export const staysAsItIs = ({ as }: Vanishing, open: boolean): boolean => !open && (as === 'closed' || as === 'ended');

/** The fact that its source no longer holds, with the event that says so. When it ended nobody told. @param exported when it was no longer there */
export function vanished(
  mapping: Mapping,
  of: Vanishing,
  { id, recordId }: { id: string; recordId: string },
  version: RowVersion,
  exported = new Date(version.position / 1000),
): Fact {
  const event = { ...eventOf(of, id), recordId, sourceVersion: version, occurredAt: exported.toISOString() } as SourceEventInput;
  const { good } = checkContent(event, mapping, exported.getTime());
  if (!good) throw new Error(`an event of a vanished ${of.kind} breaks the contract`);
  const state = of.as === 'closed' || of.as === 'ended' ? 'ended' : 'gone';
  return { kind: of.kind, id, recordId, service: of.service, state, events: [good] };
}

function eventOf(of: Vanishing, id: string): object {
  switch (of.kind) {
    case 'person':
      return { type: 'PersonRemoved', reason: 'withdrawn' };
    case 'involvement':
      return { type: of.as === 'closed' ? 'InvolvementClosed' : 'InvolvementRetracted', involvementId: id };
    case 'relationship':
      return { type: 'RelationshipEnded', relationshipId: id, retracted: of.as === 'retracted' };
  }
}
