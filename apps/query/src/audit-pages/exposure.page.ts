import { Get, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ACTED, askAudit, askAuditForAll, AuditLog, type AuditQuestion, exposureOf, SHOWED, shownWith, untold } from '#lib/audit';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { apartBy } from './apart-words.js';
import { entryLines } from './entry-csv.js';
import { entryShown, type ShownEntry } from './entry-shown.js';
import { personWords } from './entry-words.js';
import { decidedApart, readerRow, thirdPeople } from './exposure-words.js';
import type { FoundInLog } from './found-in-log.js';
import { type Asked, LookIntoAudit } from './look-into-audit.js';
import { placeIn, placeOf } from './place-in-list.js';
import { renderAudit } from './render-audit.js';
import { sendFile } from './send-file.js';
import { FindTwoPeople, type Someone, type TwoPeople } from './two-people.js';

const A_PAGE = 50;
const MOST_READERS = 200;
const MOST_RECORDS = 1_000;
/** The whole log: nobody knows beforehand since when they were one. */
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };

type AsAsked = Record<string, unknown>;

/** After a wrong join is undone: which looks showed one person's facts under the other? */
@PageController()
export class ExposurePage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly people: FindTwoPeople,
    private readonly log: AuditLog,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  /** With whom was this person ever shown as one? */
  @Get('/audit/people/:person/exposure')
  @AsPage()
  async choose(@CurrentAsker() asker: Asker, @Param('person') id: string): Promise<string> {
    const asked = { page: 'exposure', whole: true } as const;
    const one = await this.people.one(asker, asked, id);
    const read = { ...asked, person: one.person };
    const { records, decided } = await this.audit.look(
      asker,
      read,
      async (sight) => ({
        records: await shownWith(sight, { one: one.subjects }, MOST_RECORDS),
        decided: await askAudit(sight, decisionsOn(one), { limit: MOST_RECORDS }),
      }),
      ({ records }) => records.length > 0,
    );
    const subjects = records.map(({ subject }) => subject);
    const owners = await this.people.owners(asker, one, subjects);
    const { others, nobodys } = thirdPeople(records, owners, [one.person]);
    return this.render(asker, 'shown-with.njk', 'With whom this person was shown as one', {
      person: one.person,
      named: personWords(one.person),
      hasRecords: one.subjects.length > 0,
      cut: records.length === MOST_RECORDS,
      log: await this.audit.foundInLog(),
      nobodys,
      others: others.map((other) => ({
        ...other,
        apart: apartBy(owners, decided, { person: other.person, one: one.subjects, theirs: other.subjects }),
      })),
    });
  }

  @Get('/audit/people/:person/exposure/:other')
  @AsPage()
  async show(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('other') other: string,
    @Query() query: AsAsked,
  ): Promise<string> {
    const two = await this.people.both(asker, { page: 'exposure', whole: true }, { person, other });
    const { together } = two;
    const after = placeIn(query.after);
    const found = await this.audit.look(
      asker,
      askedOf(two, 'read-audit'),
      async (sight) => ({
        exposure: await exposureOf(sight, together, MOST_READERS),
        rows: await askAudit(sight, showing(two), { limit: A_PAGE + 1, after }),
        acts: await askAudit(sight, { ...EVER, together, actions: ACTED }, { limit: A_PAGE }),
        untold: await untold(sight, [...two.one.persons, ...two.other.persons], A_PAGE),
        thirds: await shownWith(sight, together, MOST_RECORDS),
        decided: await askAudit(sight, decisionsOn(two.one), { limit: MOST_RECORDS }),
      }),
      ({ exposure }) => exposure.looks > 0,
    );
    const log = await this.audit.foundInLog();
    const thirds = found.thirds.map(({ subject }) => subject);
    const owners = await this.people.owners(asker, two.one, thirds);
    const shown = found.rows.slice(0, A_PAGE);
    return this.render(asker, 'exposure.njk', 'Exposure after a split', {
      named: [two.one.person, two.other.person].map(personWords),
      path: `/audit/people/${two.one.person}/exposure/${two.other.person}`,
      people: [two.one.person, two.other.person],
      standing: standingOf(two),
      ruling: owners.keptApart.find((apart) => apart.person === two.other.person)?.decision ?? null,
      decidedWords: decidedApart(found.decided, together),
      exposure: found.exposure,
      readers: found.exposure.readers.map(readerRow),
      entries: shown.map((row) => entryShown(row, this.authority, log)),
      older: found.rows.length > A_PAGE ? new URLSearchParams({ after: placeOf(shown.at(-1)!) }).toString() : null,
      newest: after === null,
      log,
      acts: found.acts.map((row) => entryShown(row, this.authority, log)),
      untold: found.untold.map((row) => entryShown(row, this.authority, log)),
      atMost: A_PAGE,
      waiting: this.log.state.spool,
      thirds: thirdPeople(found.thirds, owners, [two.one.person, two.other.person]),
    });
  }

  @Get('/audit/people/:person/exposure/:other/csv')
  async file(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Param('other') other: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const two = await this.people.both(asker, { page: 'exposure', whole: true, action: 'exported' }, { person, other });
    await this.audit.look(
      asker,
      askedOf(two, 'exported'),
      (sight) => askAudit(sight, showing(two), { limit: 1 }),
      (found) => found.length > 0,
    );
    const log = await this.audit.foundInLog();
    sendFile(reply, entryLines(this.all(two, log), log), { name: 'exposure.csv', type: 'text/csv; charset=utf-8' });
  }

  private async *all(two: TwoPeople, log: FoundInLog): AsyncGenerator<ShownEntry> {
    for await (const row of askAuditForAll((work) => this.audit.read(work), showing(two))) yield entryShown(row, this.authority, log);
  }

  private render(asker: Asker, template: string, title: string, shown: object): string {
    return renderAudit(this.pages, asker, template, { title, section: 'ask' }, shown);
  }
}

const showing = ({ together }: TwoPeople): AuditQuestion => ({ ...EVER, together, actions: SHOWED });

/** What data stewards decided about somebody's records. */
const decisionsOn = (about: Someone): AuditQuestion => ({ ...EVER, about, actions: ['decided-match'], outcome: 'done' });

const askedOf = ({ one, other }: TwoPeople, action: 'read-audit' | 'exported'): Asked => ({
  page: 'exposure',
  whole: true,
  action,
  person: one.person,
  about: { other: other.person },
});

/** How the two stand to each other now: only of two who are apart can it be told what of one was shown under the other. */
function standingOf({ one, other }: TwoPeople): 'apart' | 'one' | 'nobody' {
  if (one.person === other.person) return 'one';
  return one.subjects.length > 0 && other.subjects.length > 0 ? 'apart' : 'nobody';
}
