import { Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Ask } from '../ask.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { personIdIn } from '../view-person/person-id.js';
import { personWords } from './entry-words.js';
import { databasesAsked, idWords } from './databases-asked.js';
import { FindPerson } from './find-person.query.js';
import { KeptQuestions } from './kept-questions.js';
import { type Listing, ListEntries } from './list-entries.js';
import { LookIntoAudit, ofOwnTeam } from './look-into-audit.js';

type AsAsked = Record<string, unknown>;

/** Who looked at one person, and what one reader looked at. */
@PageController()
export class QuestionsPage {
  constructor(
    private readonly audit: LookIntoAudit,
    private readonly asking: Ask,
    private readonly questions: KeptQuestions,
    private readonly entries: ListEntries,
    private readonly pages: Pages,
  ) {}

  @Get('/audit/questions/:question')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Param('question') id: string, @Query() query: AsAsked): Promise<string> {
    return this.entries.page(asker, await this.kept(asker, id), query);
  }

  @Get('/audit/questions/:question/csv')
  async file(
    @CurrentAsker() asker: Asker,
    @Param('question') id: string,
    @Query() query: AsAsked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.entries.file(asker, await this.kept(asker, id), query, reply);
  }

  @Get('/audit/people/:person')
  @AsPage()
  async person(@CurrentAsker() asker: Asker, @Param('person') person: string, @Query() query: AsAsked): Promise<string> {
    return this.entries.page(asker, await this.ofPerson(asker, person), query);
  }

  @Get('/audit/people/:person/csv')
  async personFile(
    @CurrentAsker() asker: Asker,
    @Param('person') person: string,
    @Query() query: AsAsked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.entries.file(asker, await this.ofPerson(asker, person), query, reply);
  }

  private async kept(asker: Asker, id: string): Promise<Listing> {
    await this.audit.allow(asker, { page: 'questions' });
    const question = await this.questions.find(asker, id);
    if (question === null) throw new NotFoundException();
    const path = `/audit/questions/${id}`;
    if ('reader' in question) return byReader(question.reader, path);
    const { authority } = this.pages;
    // Whoever kept it may have had another role then.
    if (!databasesAsked(asker.reader, authority).some((source) => source.id === question.source)) throw new NotFoundException();
    const about = (await this.asking.ask(asker, new FindPerson(question), ofOwnTeam(asker.reader))).result;
    return aboutPerson({ named: idWords(question, authority), person: about.persons[0] ?? null, about, path });
  }

  private async ofPerson(asker: Asker, id: string): Promise<Listing> {
    await this.audit.allow(asker, { page: 'people' });
    const person = personIdIn(id);
    if (person === null) throw new NotFoundException();
    const about = (await this.asking.ask(asker, new FindPerson({ person }), ofOwnTeam(asker.reader))).result;
    return aboutPerson({ named: personWords(person), person, about, path: `/audit/people/${person}` });
  }
}

interface About {
  named: string;
  person: string | null;
  about: { persons: string[]; subjects: string[] };
  path: string;
}

const NOBODY_HAS_IT = 'The same is said where nobody in the index has this ID: check it, and the period.';

/** Whether the ID is not in the index, is restricted, or nobody looked, is said in the same words. */
const aboutPerson = ({ named, person, about, path }: About): Listing => ({
  section: 'ask',
  title: 'Who looked at this person',
  named,
  about: 'Everybody who looked at this person, or tried to, by any record of theirs.',
  whenEmpty: (team) =>
    team === null
      ? `No look at this person is on record in this period. ${NOBODY_HAS_IT}`
      : `No look of the team ${team} at this person is on record in this period. Whether others looked is not told here. ${NOBODY_HAS_IT}`,
  path,
  asked: { page: 'person', ...(person !== null && { person }) },
  question: { about },
  reportOf: person,
});

const byReader = (reader: string, path: string): Listing => ({
  section: 'ask',
  title: 'What this reader looked at',
  named: reader,
  about: 'Everything on record for this user name.',
  whenEmpty: (team) =>
    team === null
      ? 'Nothing is on record for this user name in this period. Check its spelling, and the period.'
      : `Nothing that this user name did in the team ${team} is on record in this period. What they did in another is not told here. Check its spelling, and the period.`,
  path,
  asked: { page: 'reader', about: { reader } },
  question: { reader },
});
