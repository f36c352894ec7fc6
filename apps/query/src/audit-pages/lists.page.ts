import { Get, NotFoundException, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Denied } from '#lib/audit';
import { AsPage, PageController } from '../layout/page-controller.js';
import { PURPOSES } from '../policy/purpose.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { type Listing, ListEntries } from './list-entries.js';
import { teamSeenBy } from './look-into-audit.js';

type AsAsked = Record<string, unknown>;

const WHEN_EMPTY = (team: string | null) =>
  `Nothing of this kind${team === null ? '' : ` by the team ${team}`} is on record in this period.`;
const LISTS = {
  overrides: {
    section: 'overrides',
    title: 'Restricted records that were opened',
    about: 'Each time somebody opened a restricted record by the separate way in, or tried to.',
    question: { actions: ['overridden'] },
  },
  refused: {
    section: 'refused',
    title: 'Refused looks',
    about:
      'Each time somebody asked for what they have no right to. Nothing was shown. Being asked for a reason is not a refusal: those looks are under “Reason asked”.',
    question: { denied: 'refused' },
  },
  readers: {
    section: 'readers',
    title: 'Who read the audit',
    about: 'Each time somebody read these pages, listed or verified the log by a command, or exported it.',
    question: { readsAudit: true },
  },
} as const satisfies Record<string, Pick<Listing, 'section' | 'title' | 'about' | 'question'>>;

/** For whoever sees the own team alone: an officer asks about somebody. */
const OF_THE_TEAM: Listing = {
  section: 'team',
  title: 'What the team did',
  named: null,
  about: 'Everything on record of whoever was in the team then: searches, looks, openings, reports, sign-ins.',
  whenEmpty: WHEN_EMPTY,
  path: '/audit/looks/team',
  asked: { page: 'team' },
  question: {},
};

/** Lists that are about nobody in particular. */
@PageController()
export class ListsPage {
  constructor(private readonly entries: ListEntries) {}

  @Get('/audit/looks/:list')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Param('list') list: string, @Query() query: AsAsked): Promise<string> {
    return this.entries.page(asker, listingOf(asker, list, query), query);
  }

  @Get('/audit/looks/:list/csv')
  async file(
    @CurrentAsker() asker: Asker,
    @Param('list') list: string,
    @Query() query: AsAsked,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.entries.file(asker, listingOf(asker, list, query), query, reply);
  }
}

function listingOf({ reader }: Asker, list: string, { reason, followed }: AsAsked): Listing {
  if (list === 'team' && teamSeenBy(reader) !== null) return OF_THE_TEAM;
  if (list === 'asked')
    return byWhatFollowed(
      typeof followed === 'string' && Object.hasOwn(FOLLOWED, followed) ? (followed as keyof typeof FOLLOWED) : 'asked',
    );
  if (list === 'reasons') return byReason(typeof reason === 'string' && Object.hasOwn(PURPOSES, reason) ? reason : null);
  if (!Object.hasOwn(LISTS, list)) throw new NotFoundException();
  return { ...LISTS[list as keyof typeof LISTS], named: null, whenEmpty: WHEN_EMPTY, path: `/audit/looks/${list}`, asked: { page: list } };
}

/** What became of a look at which a reason was asked. */
const FOLLOWED = {
  asked: 'Either',
  given: 'A reason was given within the hour',
  'not-given': 'None was given within the hour',
} as const satisfies Partial<Record<Denied, string>>;

function byWhatFollowed(followed: keyof typeof FOLLOWED): Listing {
  return {
    section: 'asked',
    title: 'Looks at which a reason was asked',
    named: null,
    about:
      'Each time somebody came to a record outside their own cases and was asked why before anything of it was shown. That is how the index is meant to be used, and no refusal. Whether they gave a reason within the hour stands with each.',
    whenEmpty: WHEN_EMPTY,
    path: '/audit/looks/asked',
    asked: { page: 'asked', about: { followed } },
    question: { denied: followed },
    choice: {
      name: 'followed',
      label: 'What followed',
      items: Object.entries(FOLLOWED).map(([value, text]) => ({ value, text, selected: value === followed })),
    },
    query: followed === 'asked' ? {} : { followed },
  };
}

function byReason(code: string | null): Listing {
  const items = [['', 'Any reason'] as const, ...Object.entries(PURPOSES)].map(([value, text]) => ({
    value,
    text,
    selected: value === (code ?? ''),
  }));
  return {
    section: 'reasons',
    title: 'Looks for which a reason was given',
    named: null,
    about: 'Looks outside the reader’s own cases, with the reason and the reference they gave.',
    whenEmpty: WHEN_EMPTY,
    path: '/audit/looks/reasons',
    asked: { page: 'reasons', about: { reason: code } },
    question: { reasons: code === null ? Object.keys(PURPOSES) : [code] },
    choice: { name: 'reason', label: 'Reason', items },
    query: code === null ? {} : { reason: code },
  };
}
