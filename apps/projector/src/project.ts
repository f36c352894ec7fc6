/** What happens on each event: the list. Each projection is pure and stands in its own file, named for the event. */
import type { DecisionType, EventOf, EventType, IdentityDecision, InvolvementEvent } from '#lib/events';
import { involvementClosed } from './projections/involvement-closed.js';
import { involvementOpened } from './projections/involvement-opened.js';
import { involvementRetracted } from './projections/involvement-retracted.js';
import { involvementUpdated } from './projections/involvement-updated.js';
import { matchedUpTo } from './projections/matched-up-to.js';
import { personRecorded } from './projections/person-recorded.js';
import { personRemoved } from './projections/person-removed.js';
import { personRetired } from './projections/person-retired.js';
import { recordAssigned } from './projections/record-assigned.js';
import { recordReplaced } from './projections/record-replaced.js';
import { pairRuled } from './projections/pair-ruled.js';
import { relationshipEnded } from './projections/relationship-ended.js';
import { relationshipLinked } from './projections/relationship-linked.js';
import { sourceChecked } from './projections/source-checked.js';
import type { DecisionPlace, Place, RegisterWrite } from './register-write.js';

const onEvent = {
  PersonRecorded: personRecorded,
  PersonRemoved: personRemoved,
  RecordReplaced: recordReplaced,
  InvolvementOpened: involvementOpened,
  InvolvementUpdated: involvementUpdated,
  InvolvementClosed: involvementClosed,
  InvolvementRetracted: involvementRetracted,
  RelationshipLinked: relationshipLinked,
  RelationshipEnded: relationshipEnded,
  SourceChecked: sourceChecked,
} satisfies { [T in EventType]: (event: EventOf<T>, place: Place) => RegisterWrite[] };

const onDecision = {
  RecordAssigned: recordAssigned,
  PersonRetired: personRetired,
  MatchedUpTo: matchedUpTo,
  // What follows from it are decisions of their own.
  MatchModelChosen: () => [],
  RecordsKeptApart: pairRuled,
  RecordsKeptApartRevoked: pairRuled,
  RecordsKeptTogether: pairRuled,
  RecordsKeptTogetherRevoked: pairRuled,
} satisfies { [T in DecisionType]: (decision: Extract<IdentityDecision, { type: T }>, place: DecisionPlace) => RegisterWrite[] };

/** The register writes of one event of `involvement-log`. */
export function projectEvent(event: InvolvementEvent, place: Place): RegisterWrite[] {
  const projection: (event: never, place: Place) => RegisterWrite[] = onEvent[event.type];
  return projection(event as never, place);
}

/** The register writes of one decision of `identity-log`. */
export function projectDecision(decision: IdentityDecision, place: DecisionPlace): RegisterWrite[] {
  const projection: (decision: never, place: DecisionPlace) => RegisterWrite[] = onDecision[decision.type];
  return projection(decision as never, place);
}
