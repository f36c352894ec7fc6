import { Get } from '@nestjs/common';
import type { ClosestPair } from '../compare-records/closest-pair.js';
import { evidenceOf } from '../compare-records/evidence.js';
import { MatchModelNow } from '../compare-records/match-model-now.js';
import { instantWords } from '../day-words.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { type AskedOfPerson, OfPerson } from '../view-person/asked-of-person.js';
import { isOverridden, PagesAboutPerson, pathTo } from '../view-person/pages-about-person.js';
import { joinedBy } from './joined-by.js';
import { type SomebodyApart, ViewWhyOnePerson } from './why-one-person.query.js';

@PageController()
export class WhyOnePersonPage {
  constructor(
    private readonly about: PagesAboutPerson,
    private readonly model: MatchModelNow,
  ) {}

  @Get('/people/:person/why')
  @AsPage()
  async show(@OfPerson() asked: AskedOfPerson): Promise<string | undefined> {
    const { address, way } = asked;
    const query = new ViewWhyOnePerson(address.person, await this.model.read(), way);
    const answer = await this.about.ask(asked, query, (moved) => moved.part('why'));
    if (answer === undefined) return undefined;
    const { records, apart } = answer.result;
    return this.about.render('why-one-person/why-one-person.njk', 'why', asked, answer, {
      records: records.map(({ label, reason, closest }) => ({
        label,
        joined: joinedBy(reason, records.length),
        closest: closest && told(closest, reason !== 'matched' || closest.pair.zone !== 'join'),
      })),
      apart: apart.filter(({ keptApart }) => keptApart === null).map(shown),
      decided: apart.filter(({ keptApart }) => keptApart !== null).map(shown),
      doubt: isOverridden(asked) ? null : address.part('doubt'),
    });

    function shown({ person: other, words, closest, keptApart }: SomebodyApart) {
      return {
        words,
        href: pathTo(asked, 'why')(other),
        /** To whoever came past a restriction nothing is offered: it would tell of it. */
        claim: isOverridden(asked) ? null : address.part(`same/${other}`),
        decided: keptApart && decidedWords(keptApart.decidedAt),
        closest: told(closest, keptApart !== null || closest.pair.zone === 'join'),
      };
    }
  }
}

/** Who it was by name stands in the audit. */
const decidedWords = (decidedAt: number | null): string =>
  decidedAt === null
    ? 'Operations have decided by hand that they are two people.'
    : `Data stewards decided on ${instantWords(decidedAt)} that they are two people.`;

const told = ({ labels: [one, other], pair }: ClosestPair, settled: boolean) => ({
  one,
  other,
  alone: pair.zone === 'join',
  ...evidenceOf(pair, { named: `${one} and ${other}`, settled }),
});
