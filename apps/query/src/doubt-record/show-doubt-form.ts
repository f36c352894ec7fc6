import { NotFoundException } from '@nestjs/common';
import type { Pages } from '../layout/pages.js';
import { type Problem, shownProblems, textIn, type Typed } from '../ops-pages/typed.js';
import type { AskedOfPerson } from '../view-person/asked-of-person.js';
import { isOverridden, type PagesAboutPerson, paperOf } from '../view-person/pages-about-person.js';
import type { PersonAddress } from '../view-person/person-address.js';
import { DOUBT_REASONS } from './doubt-reasons.js';
import { DoubtRecord } from './doubt-record.query.js';

/**
 * The form on which a reader says which record is of another person; undefined where they are led on.
 * @param wrongPerson whether they come from a report that a panel is of the wrong person: it has not been sent, and what they typed is theirs still
 */
export async function showDoubtForm(
  { about, pages }: { about: PagesAboutPerson; pages: Pages },
  asked: AskedOfPerson,
  typed: Typed,
  problems: readonly Problem[],
  wrongPerson = false,
): Promise<string | undefined> {
  const { asker, address, way, reply } = asked;
  const answer = await about.ask(asked, new DoubtRecord(address.person, way), doubtOf);
  if (answer === undefined) return undefined;
  const { result: read } = answer;
  if (isOverridden(asked)) throw new NotFoundException();
  if (problems.length > 0) reply.status(400);
  const back = { text: 'Back to the person', href: address.path };
  const facts = {
    title: 'Not the same person?',
    reader: asker.reader,
    place: 'search',
    back,
    paper: paperOf(address, 'doubt'),
    problem: problems.length > 0,
  } as const;
  return pages.render('doubt-record/doubt.njk', facts, {
    identity: read.identity,
    own: read.own,
    wrongPerson,
    action: doubtOf(address),
    withdraw: address.part('doubt/withdrawn'),
    records: read.records.map(({ record, words, hides }) => ({ value: record, text: words, hint: hides && { text: HIDES } })),
    reasons: Object.entries(DOUBT_REASONS).map(([value, text]) => ({ value, text })),
    typed: { record: textIn(typed, 'record'), because: textIn(typed, 'because'), words: textIn(typed, 'words') },
    ...shownProblems(problems),
  });
}

const HIDES = 'What it says is no longer shown with this person, to any reader, until a data steward has looked.';

export const doubtOf = (address: PersonAddress): string => address.part('doubt');
