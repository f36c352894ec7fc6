import type { SourceEventInput } from '#lib/events';
import { validNhsNumber } from '#lib/matching';
import type { Random } from '../../../apps/demo/src/random.js';

const SOURCES = ['mosaic', 'synergy', 'niche'] as const;
const FAMILIES = ['Brennan', 'Okafor', 'Doyle', 'Adeyemi', 'Hussain', 'Kowalska'];
const GIVEN = ['Maya', 'Oliver', 'Siobhan', 'Tunde', 'Aisha', 'Zofia', 'Tom'];
/** How far a late event may be behind, counted in events. */
const LATEST = 30;

/** A person as their sources would all know them, if none was ever mistaken. */
interface Known {
  family: string;
  given: string;
  born: string;
  postcode: string;
  nhs: string;
}

/**
 * What sources say of people during a drill of the matcher, for ever and from a seed: few people under many records, now and then mistaken for one another,
 * taken back, recorded again or given another record id, so that people are joined and parted all the time. No two versions are equal.
 */
export class PeopleTold {
  private readonly records: { source: string; recordId: string }[];
  private readonly people: Known[];
  private said = 0;
  private renamed = 0;

  constructor(
    private readonly chance: Random,
    records = 90,
  ) {
    this.people = Array.from({ length: Math.ceil(records / 4) }, (_, at) => this.person(at));
    this.records = Array.from({ length: records }, (_, at) => ({ source: SOURCES[at % 3]!, recordId: `R-${at}` }));
  }

  next(count: number): SourceEventInput[] {
    return Array.from({ length: count }, () => this.event());
  }

  /** Two records; often of one person. */
  pair(): [PeopleTold['records'][number], PeopleTold['records'][number]] {
    const { chance, records, people } = this;
    const one = chance.int(0, records.length - 1);
    const other = chance.chance(0.5) ? one + people.length : one + chance.int(1, records.length - 1);
    return [records[one]!, records[other % records.length]!];
  }

  private person(at: number): Known {
    const { chance } = this;
    return {
      family: FAMILIES[at % FAMILIES.length]!,
      given: GIVEN[at % GIVEN.length]!,
      born: `${2004 + (at % 12)}-0${chance.int(1, 9)}-${chance.int(10, 28)}`,
      postcode: `NB${chance.int(1, 4)} ${chance.int(1, 9)}AA`,
      nhs: nhsNumber(943_000_000 + at * 7),
    };
  }

  private event(): SourceEventInput {
    const { chance } = this;
    this.said += 1;
    const at = chance.int(0, this.records.length - 1);
    const { source, recordId } = this.records[at]!;
    const late = chance.chance(0.2) ? chance.int(1, LATEST) : 0;
    const position = Math.max(0, this.said - late) * 1_000 + (this.said % 1_000);
    const head = { source, recordId, sourceVersion: { epoch: 1, position }, occurredAt: '2026-11-22T09:00:00Z' };
    const kind = chance.next();
    if (kind < 0.08) return { type: 'PersonRemoved', ...head, reason: 'entered-in-error' };
    if (kind < 0.1) return { type: 'RecordReplaced', ...head, newRecordId: `N-${(this.renamed += 1) % 9}` };
    if (kind < 0.2)
      return { type: 'InvolvementOpened', ...head, involvementId: `I-${at}`, service: 'childrens-social-care', openedOn: '2026-09-03' };
    return { type: 'PersonRecorded', ...head, ...this.told(at) };
  }

  /** Whom the record is of, as its source says it this time. */
  private told(at: number) {
    const { chance, people } = this;
    const other = chance.pick(people);
    const { family, given, born, postcode, nhs } = chance.chance(0.1) ? other : people[at % people.length]!;
    return {
      names: [{ family: chance.chance(0.1) ? other.family : family, given: [chance.chance(0.05) ? `${given}h` : given] }],
      dateOfBirth: chance.chance(0.1) ? null : { date: born, precision: 'day' as const },
      addresses: [{ lines: ['1 High Street'], postcode: chance.chance(0.2) ? other.postcode : postcode }],
      identifiers: chance.chance(0.5) ? [{ type: 'nhs' as const, value: chance.chance(0.05) ? other.nhs : nhs }] : [],
    };
  }
}

/** The first right number from here on. */
function nhsNumber(from: number): string {
  for (let number = from; ; number += 1)
    for (let check = 0; check < 10; check += 1) {
      const valid = validNhsNumber(`${number}${check}`);
      if (valid !== null) return valid;
    }
}
