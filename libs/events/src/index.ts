export {
  ADDRESS_KINDS,
  ADMISSION_TYPES,
  DATE_PRECISIONS,
  DETAIL_FLAGS,
  GENDERS,
  type Gender,
  HOUSING_MATTERS,
  IDENTIFIER_TYPES,
  NAME_KINDS,
  NOT_IN_EDUCATION_STATUSES,
  OFFENCES,
  OFFENCE_NATURES,
  RELATIONSHIPS,
  relationshipWords,
  type RelationshipType,
  REMOVAL_REASONS,
  RESTRICTIONS,
  SERVICES,
  type Service,
} from './codes.js';
export { knownPart } from './contract/field-names.js';
export { findingsInJson, type TextFinding, TooManyValuesError } from './contract/json-text.js';
export { nearestOf } from './contract/nearest.js';
export { pointerTo, valueAt } from './contract/pointer.js';
export { problemsOfIssue } from './contract/problems-of-issue.js';
export { mayBeSensitive, withDefaultRules } from './default-rules.js';
export { type Envelope } from './envelope.js';
export { type RuleBroken, type SourceVersion } from './fields.js';
export {
  type DecisionType,
  type IdentityDecision,
  type MatchedUpTo,
  type MatchModelChosen,
  type PairRuling,
  type PersonRetired,
  type RecordAssigned,
} from './identity-decision.js';
export { InvolvementClosed } from './involvement-closed.js';
export { type InvolvementDescription } from './involvement-description.js';
export {
  EVENT_TYPES,
  type EventOf,
  type EventType,
  type InvolvementEvent,
  SourceEvent,
  type SourceEventInput,
} from './involvement-event.js';
export { InvolvementOpened } from './involvement-opened.js';
export { InvolvementRetracted } from './involvement-retracted.js';
export { InvolvementUpdated } from './involvement-updated.js';
export { PersonRecorded } from './person-recorded.js';
export { PersonRemoved } from './person-removed.js';
export {
  type AcceptedEvent,
  type EventOutcome,
  type Place,
  type Problem,
  type PublishAnswer,
  type RejectedEvent,
  type ValidEvent,
} from './publish-answer.js';
export { RecordReplaced } from './record-replaced.js';
export { RelationshipEnded } from './relationship-ended.js';
export { RelationshipLinked } from './relationship-linked.js';
export {
  CarefulServices,
  Desk,
  Owner,
  servicesSpokenFor,
  silenceOf,
  type Source,
  Sources,
  sourcesByService,
  sourcesMatchedWithCare,
} from './source.js';
export { SourceChecked } from './source-checked.js';
export { type Topics, topicsOf } from './topics.js';
