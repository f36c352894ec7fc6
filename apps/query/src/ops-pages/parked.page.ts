import { Get, Inject } from '@nestjs/common';
import { type Authority, databaseName } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { Operate } from './operate.js';
import { parkedMeaning } from './parked-words.js';
import { type ParkedGroup, readParked } from './read-parked.js';
import { renderOperations } from './render-operations.js';

@PageController()
export class ParkedPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/operations/parked')
  @AsPage()
  async show(@CurrentAsker() asker: Asker): Promise<string> {
    const { now, groups } = await this.operate.look(asker, 'parked', async (sight) => ({
      now: sight.now,
      groups: await readParked(sight),
    }));
    const named = groups.map((group) => ({
      ...group,
      name: group.source === null ? null : databaseName(this.authority, group.source),
      meaning: parkedMeaning(group.code),
      choice: group.source === null ? null : new URLSearchParams({ source: group.source, code: group.code }).toString(),
    }));
    return renderOperations(
      this.pages,
      asker,
      'parked.njk',
      { title: 'Parked events', section: 'parked' },
      {
        now,
        groups: named,
        events: groups.reduce((sum, { events }) => sum + events, 0),
        sources: this.choicesOf(groups),
        codes: choices(
          'Any reason',
          [...new Set(groups.map(({ code }) => code))].map((code) => ({ value: code, text: code })),
        ),
      },
    );
  }

  private choicesOf(groups: readonly ParkedGroup[]) {
    const sources = [...new Set(groups.map(({ source }) => source).filter((source) => source !== null))];
    return choices(
      'Any source, or none',
      sources.map((source) => ({ value: source, text: databaseName(this.authority, source) })),
    );
  }
}

const choices = (any: string, others: { value: string; text: string }[]) => [{ value: '', text: any }, ...others];
