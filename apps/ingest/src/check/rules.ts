/** Rules across the fields of one event, beyond its shape. They read what was sent, so that shape and sense are reported together. */
import { pointerTo, type Problem, type RuleBroken, valueAt } from '#lib/events';
import type { Source } from '../sources/source.js';

const DAY_MS = 86_400_000;
const CLOCK_SKEW_MS = 5 * 60_000;

/** What is wrong with an event's sense. Fields of a wrong type are passed over here: the shape has its own problems. */
export function rulesBroken(event: unknown, source: Source, now: number): Problem[] {
  return [...ownWords(event, source), ...otherRecords(event), ...namesOfPerson(event), ...lifeDates(event, now), ...times(event, now)];
}

function* ownWords(event: unknown, source: Source): Generator<Problem> {
  const named = valueAt(event, ['source']);
  if (named !== undefined && named !== source.name) {
    yield at(['source'], 'source-in-address', `${source.name}, as in the address`, 'Leave the field out: the address names the source.');
  }
  const service = textAt(event, 'service');
  if (service !== undefined && !(source.services as readonly string[]).includes(service)) {
    yield at(['service'], 'service-of-source', source.services.join(' or '), `${source.label} may speak of no other service.`);
  }
  for (const [details, ofService] of Object.entries(DETAILS_OF)) {
    const given = valueAt(event, ['details', details]);
    if (given !== undefined && given !== null && service !== undefined && service !== ofService) {
      yield at(['details', details], 'details-of-service', `details of the service named`, 'Send only the details of this service.');
    }
  }
}

const DETAILS_OF = {
  school: 'school',
  adultSocialCare: 'adult-social-care',
  housing: 'housing',
  police: 'police',
  notInEducation: 'not-in-education',
};

function* otherRecords(event: unknown): Generator<Problem> {
  for (const field of ['newRecordId', 'otherRecordId']) {
    const other = textAt(event, field);
    if (other !== undefined && other === textAt(event, 'recordId')) {
      yield at([field], 'another-record', 'the id of another record than recordId', 'Correct the id, or do not send this event.');
    }
  }
}

function* namesOfPerson(event: unknown): Generator<Problem> {
  const names = valueAt(event, ['names']);
  if (!Array.isArray(names)) return;
  for (const [index, name] of names.slice(0, 100).entries()) {
    const given = valueAt(name, ['given']) ?? [];
    if (Array.isArray(given) && given.length === 0 && (valueAt(name, ['family']) ?? null) === null) {
      yield at(
        ['names', index],
        'name-not-empty',
        'a family name or a given name',
        'Put a single name into given, or leave this name out.',
      );
    }
  }
}

/** Days are compared as text: `2014-03` and `2014` sort before every day in them. */
function* lifeDates(event: unknown, now: number): Generator<Problem> {
  const born = textAt(valueAt(event, ['dateOfBirth']), 'date');
  const expected = textAt(valueAt(event, ['dateOfBirth']), 'precision') === 'expected';
  const died = textAt(event, 'deceasedOn');
  if (born !== undefined && born > dayOf(now + (expected ? 366 : 1) * DAY_MS)) {
    const fix = expected ? 'Correct the date.' : 'Correct the date, or send the precision "expected" for an unborn child.';
    yield at(['dateOfBirth', 'date'], 'birth-not-in-future', expected ? 'a day within the next year' : 'a day that has come', fix);
  }
  if (died !== undefined && died > dayOf(now + DAY_MS)) {
    yield at(['deceasedOn'], 'death-not-in-future', 'a day that has come', 'Correct the date of death.');
  }
  if (died !== undefined && born !== undefined && !expected && died.slice(0, born.length) < born) {
    yield at(['deceasedOn'], 'death-not-before-birth', 'a day not before the date of birth', 'Correct one of the two dates.');
  }
}

function* times(event: unknown, now: number): Generator<Problem> {
  if (instantAt(event, 'occurredAt') > now + DAY_MS) {
    yield at(['occurredAt'], 'not-in-future', 'a time that has come', 'Correct the clock or the time zone at the source.');
  }
  // a claim to have looked further than now would let "nothing found" be said of what nobody looked at
  if (instantAt(event, 'completeTo') > now + CLOCK_SKEW_MS) {
    yield at(['completeTo'], 'not-in-future', 'a time that has come', 'Send the time at which the source was read.');
  }
  const closed = textAt(event, 'closedOn');
  if (closed !== undefined && closed > dayOf(now + 366 * DAY_MS)) {
    yield at(['closedOn'], 'not-in-far-future', 'a day within the next year', 'Correct the date, or send the event when it has come.');
  }
  // An involvement is open until its day; a link would be gone at once.
  const ended = textAt(event, 'endedOn');
  if (ended !== undefined && ended > dayOf(now + DAY_MS)) {
    yield at(['endedOn'], 'not-in-future', 'a day that has come', 'Correct the date, or send the event when it has come.');
  }
  const [from, to] = [textAt(event, 'coversFrom'), textAt(event, 'coversTo')];
  if (from !== undefined && to !== undefined && to < from) {
    yield at(['coversTo'], 'ends-not-before-start', 'a day not before coversFrom', 'Correct one of the two dates.');
  }
}

const at = (path: PropertyKey[], rule: string, expected: string, fix: string): Problem & RuleBroken => ({
  pointer: pointerTo(path),
  rule,
  expected,
  fix,
});

function textAt(event: unknown, field: string): string | undefined {
  const value = valueAt(event, [field]);
  return typeof value === 'string' ? value : undefined;
}

/** NaN (greater than nothing) where there is no instant. */
const instantAt = (event: unknown, field: string): number => Date.parse(textAt(event, field) ?? '');
const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);
