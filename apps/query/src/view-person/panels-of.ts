import { SERVICES, servicesSpokenFor } from '#lib/events';
import { normalisePostcode } from '#lib/matching';
import type { Authority, ServiceShown } from '../authority.js';
import { dayWords, instantWords } from '../day-words.js';
import { listed } from '../listed-words.js';
import type { Snapshot } from '../snapshot.js';
import type { SourceFreshness } from '../source-freshness.js';
import { ageDay, ageRangeOf } from './age.js';
import { heldBackSinceOf, heldBackWordsOfPanel } from './held-back.js';
import { addressesOf } from './identity-of.js';
import type { KnownPerson } from './known-person.js';
import type { PersonIdentity } from './person-identity.js';
import type { PersonFacts, ServiceFacts } from './read-facts.js';
import { isRuledOut, type ServicePanel, STATES } from './service-panel.js';
import type { ShownAddress } from './shown-addresses.js';
import { isWellIdentified, type PossibleMatches } from './possible-matches.js';
import { type Looked, serviceStateOf } from './service-state.js';
import { type DoubtedOfService, doubtWordsOf } from './doubt-words.js';

/** What panels are made of. */
export interface KnownOfPerson extends PersonFacts {
  /** Sources with a record that may well be this person's, and is not. */
  possibleMatches: PossibleMatches;
}

/** The closed panels of a person: involved now, before, records held, nothing found, not checked; in each the authority's order. */
export function panelsOf(snapshot: Snapshot, person: KnownPerson, identity: PersonIdentity, known: KnownOfPerson): ServicePanel[] {
  const panels = snapshot.authority.services
    .filter(({ display }) => display !== 'hidden')
    .map((rule) => panelOf(rule, snapshot, person, identity, known));
  return panels.toSorted((a, b) => STATES.indexOf(a.state.kind) - STATES.indexOf(b.state.kind));
}

/** One service's panel, closed. */
export function panelOf(
  rule: ServiceShown,
  { authority, sources, now }: Snapshot,
  person: KnownPerson,
  identity: PersonIdentity,
  known: KnownOfPerson,
): ServicePanel {
  const facts = known.facts.filter((fact) => serviceOf(fact, authority) === rule.service);
  const stating = sourcesOf(rule, sources, facts);
  const home = addressesOf(person, authority, now).current;
  const looked = stating.map((freshness) => ({
    ...lookedAt({ ...freshness, heldBack: freshness.heldBack || mayBeOf(rule, freshness, known, authority) }, known),
    states: statedBy(freshness, facts),
    outOfArea: isOutOfArea(authority, freshness, home),
  }));
  const closed = facts.map(({ lastClosedOn }) => lastClosedOn).filter((day) => day !== null);
  const begins = facts.filter(({ open }) => open > 0).map(({ beginsOn }) => beginsOn);
  const doubted = doubtedOf(rule, authority, person, known);
  const state = serviceStateOf({
    rule,
    age: identity.birth && ageRangeOf(identity.birth, ageDay(now, identity.deceasedOn)),
    open: sum(facts.map(({ open }) => open)),
    closed: sum(facts.map(({ closed }) => closed)),
    lastClosedOn: closed.length > 0 ? closed.reduce((last, day) => (day > last ? day : last)) : null,
    beginsOn: begins.includes(null) ? null : earliest(begins),
    knownToReader: person.knownToReader,
    wrongMatch: doubted.withheld.length > 0,
    wellIdentified: isWellIdentified(person),
    sources: looked,
  });
  // Where nothing may be told, that a source states something is not told by its name either.
  const ofService = isRuledOut(state) ? sourcesOf(rule, sources, []) : stating;
  const heldBackSince = isRuledOut(state) ? null : earliest(looked.map(({ heldBackSince }) => heldBackSince));
  return {
    service: rule.service,
    serviceName: SERVICES[rule.service],
    database: listed(ofService.map(({ name }) => name)),
    state,
    canOpen: ['involved-now', 'involved-before', 'records-held'].includes(state.kind),
    sources: ofService,
    freshnessWords: ofService.length > 1 ? ofService.flatMap(inOneLine) : ofService.flatMap(freshnessWordsOf),
    lateWords: ofService.map(({ lateWords }) => lateWords).filter((words) => words !== null),
    droppedWords: ofService.map(({ droppedWords }) => droppedWords).filter((words) => words !== null),
    heldBack: heldBackSince !== null,
    heldBackSince,
    heldBackWords: isRuledOut(state) ? null : heldBackWordsOfPanel(known.heldBack, ofService),
    recordWords: state.kind === 'nothing-found' ? recordWordsOf(person, ofService) : null,
    doubtWords: isRuledOut(state) ? null : doubtWordsOf(doubted, authority),
    conditions: rule.conditions,
  };
}

/** Where nothing was found, and the page names the database all the same, as it has a record. Only of records that are shown: any other would be told of by this. */
function recordWordsOf({ records }: KnownPerson, ofService: readonly SourceFreshness[]): string | null {
  const names = ofService.filter(({ source }) => records.some((record) => record.source === source)).map(({ name }) => name);
  if (names.length === 0) return null;
  // Not "a record": of the police it would be read as a criminal one.
  return `${listed(names)} ${names.length === 1 ? 'holds' : 'hold'} details of this person, such as a name or an address, but no involvement of this service.`;
}

/** Of which sources a record that a reader has doubted is behind this panel: because it is theirs to send, or by the service of what it says. */
function doubtedOf(
  { service }: ServiceShown,
  authority: Authority,
  { doubts }: KnownPerson,
  { withheld, facts }: PersonFacts,
): DoubtedOfService {
  const hidden = doubts.filter(({ hides }) => hides).map(({ source }) => source);
  const isOfService = (id: string) => authority.sources.some((source) => source.id === id && servicesSpokenFor(source).includes(service));
  const stating = (stated: readonly Pick<ServiceFacts, 'service' | 'source'>[]) =>
    stated.filter((fact) => serviceOf(fact, authority) === service).map(({ source }) => source);
  return {
    withheld: [...hidden.filter(isOfService), ...stating(withheld)],
    shown: stating(facts).filter((source) => doubts.some((doubt) => !doubt.hides && doubt.source === source)),
  };
}

/** The service an involvement is shown under; one that ended before it was described goes by its source. */
export function serviceOf({ service, source }: Pick<ServiceFacts, 'service' | 'source'>, authority: Authority): string | undefined {
  return service ?? authority.sources.find(({ id }) => id === source)?.service;
}

/** Whether the source states something that ended before it was described: shown as of its own service, it may be of any other that it speaks for. */
function mayBeOf({ service }: ServiceShown, { source }: SourceFreshness, { facts }: PersonFacts, authority: Authority): boolean {
  return facts.some((fact) => fact.service === null && fact.source === source && serviceOf(fact, authority) !== service);
}

/** Whether a source keeps no records of the place where somebody lives. Whose home is not known, or must not be shown, is not known to be elsewhere. */
function isOutOfArea({ sources }: Authority, { source }: SourceFreshness, home: ShownAddress | null): boolean {
  const postcode = normalisePostcode(home?.postcode ?? '');
  const postcodes = sources.find(({ id }) => id === source)?.postcodes;
  return postcode !== '' && postcodes !== undefined && !postcodes.some((beginning) => beginsWith(postcode, beginning));
}

/** NB4 is the beginning of NB4 2QT, and not of NB42 1AA; NB is that of both, and not of NBX 1AA. */
const beginsWith = (postcode: string, beginning: string): boolean => {
  const [, area = '', district = ''] = /^([A-Z]{1,2})(\d[A-Z\d]?)?\d[A-Z]{2}$/.exec(postcode) ?? [];
  return beginning === area || beginning === area + district;
};

/** Those that speak for the service, and any that states something of it without being set to: how far that one sees of it is not known. */
function sourcesOf({ service }: ServiceShown, sources: readonly SourceFreshness[], facts: readonly ServiceFacts[]): SourceFreshness[] {
  const speaking = sources.filter((one) => one.service === service);
  const others = sources.filter(
    ({ source }, at) =>
      facts.some((fact) => fact.source === source) &&
      !speaking.some((one) => one.source === source) &&
      sources.findIndex((one) => one.source === source) === at,
  );
  const asOfService = { service, serviceName: SERVICES[service], completeTo: null, coversFrom: null, coversTo: null };
  return [...speaking, ...others.map((one) => ({ ...one, ...asOfService }))];
}

function statedBy({ source }: SourceFreshness, ofService: readonly ServiceFacts[]): Looked['states'] {
  const stated = ofService.filter((fact) => fact.source === source);
  if (stated.some(({ open }) => open > 0)) return 'open';
  return stated.some(({ closed }) => closed > 0) ? 'ended' : null;
}

function lookedAt(freshness: SourceFreshness, { heldBack, possibleMatches }: KnownOfPerson): Omit<Looked, 'outOfArea' | 'states'> {
  return {
    freshness,
    possibleMatch: possibleMatches.sources.get(freshness.source) ?? null,
    heldBackSince: heldBackSinceOf(heldBack, freshness.source),
  };
}

/** Of a late source its own sentence says up to when it is known; an event that still trickled in is no update. */
function freshnessWordsOf({ late, lastHeardAt, coversFrom, coversTo, area }: SourceFreshness): string[] {
  return [
    late || lastHeardAt === null ? null : `Last updated on ${instantWords(lastHeardAt)}`,
    coversFrom === null && coversTo === null
      ? null
      : `covers the period ${coversFrom === null ? '' : `${dayWords(coversFrom)} `}to ${coversTo === null ? 'now' : dayWords(coversTo)}`,
    area,
  ].filter((words) => words !== null);
}

/** Of several databases in one panel each has a line of its own, with its name: "LiquidLogic: last updated on 22 Nov 2026 at 09:14 · covers the period … · Northbridge". */
function inOneLine(source: SourceFreshness): string[] {
  const words = freshnessWordsOf(source).join(' · ');
  return words === '' ? [] : [`${source.name}: ${words.replace(/^Last/, 'last')}`];
}

const earliest = <At extends number | string>(all: readonly (At | null)[]): At | null =>
  all.reduce<At | null>((first, one) => (first === null || (one !== null && one < first) ? one : first), null);
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
