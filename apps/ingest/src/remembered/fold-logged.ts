import type { InvolvementEvent } from '#lib/events';
import type { FactName } from '../rows/fact.js';
import type { Digests } from './digests.js';
import { takesBack } from './fact-of-event.js';
import type { RememberedFact } from './remembered.js';

/** What is remembered of a fact after one more event of the log; null where it was taken back. */
export function foldLogged(
  known: RememberedFact | null | undefined,
  event: InvolvementEvent,
  { subject, fact, kind, ids }: Pick<RememberedFact, 'subject' | 'fact' | 'ids'> & Pick<FactName, 'kind'>,
  digests: Digests,
): RememberedFact | null {
  const { epoch, position } = event.sourceVersion;
  if (known && (known.epoch > epoch || (known.epoch === epoch && known.position > position))) return known;
  if (takesBack(event)) return null;
  const before = known ?? { kind, service: null, details: null, ending: null, open: true };
  const now = { ...before, fact, kind, subject, ids, epoch, position };
  switch (event.type) {
    case 'InvolvementClosed':
    case 'RelationshipEnded':
      return { ...now, ending: digests.ofEvent(event), open: false };
    case 'InvolvementOpened':
      return { ...now, service: event.service, details: digests.ofEvent(event), ending: null, open: true };
    case 'InvolvementUpdated':
      return { ...now, service: event.service, details: digests.ofEvent(event) };
    case 'RelationshipLinked':
    case 'RecordReplaced':
      // the log names the other record by its token alone: what was said of it can't be known again
      return { ...now, details: null, ending: null, open: true };
    case 'PersonRecorded':
    case 'PersonRemoved':
    case 'InvolvementRetracted':
    case 'SourceChecked':
      return { ...now, details: digests.ofEvent(event), ending: null, open: true };
  }
}
