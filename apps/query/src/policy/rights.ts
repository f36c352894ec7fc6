import { Injectable } from '@nestjs/common';
import type { Asker } from '../sign-in/reader.js';
import type { Snapshot } from '../snapshot.js';
import { readAround, type Standing } from '../view-person/read-around.js';
import { factsOf, type Known, lets } from './facts-of.js';
import { Overrides } from './overrides.js';
import { type DataClass, decide, type Relationship } from './policy.js';
import { Reasons } from './reasons.js';

/** Finds out what the policy goes by when a question is about somebody. */
@Injectable()
export class Rights {
  constructor(
    private readonly reasons: Reasons,
    private readonly overrides: Overrides,
  ) {}

  /**
   * How the reader stands to somebody and why they look, read while the answer is. Without the separate way in, a restricted person is decided upon
   * as somebody who is not there: by the same statements, to the same end.
   */
  async of(person: string, asker: Asker, data: DataClass, snapshot: Snapshot): Promise<Known> {
    const overriding = this.overrides.purposeFor(asker, person);
    if (overriding !== null) snapshot.overriding = person;
    const standing = await readAround(snapshot, person);
    const { restricted, knows } = standing;
    if (restricted && overriding !== null)
      return { restriction: knows ? 'declared-known' : 'restricted', override: true, purpose: overriding };
    const found: Known = { relationship: relationshipIn(standing), restriction: knows && !restricted ? 'declared-known' : 'none' };
    // Who needs no reason is not looked up by one.
    if (lets(decide(factsOf(asker.reader, data, found)))) return found;
    return { ...found, purpose: await this.reasons.given(asker, [person, ...standing.family]) };
  }
}

function relationshipIn({ caseload, referralQueue, ownTeam }: Standing): Relationship {
  if (caseload) return 'caseload';
  if (referralQueue) return 'referral-queue';
  return ownTeam ? 'own-team' : 'none';
}
