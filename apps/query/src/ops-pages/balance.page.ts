import { Get, Inject, Query } from '@nestjs/common';
import { partitionTallies } from '#lib/read-model';
import { type Authority, databaseName } from '../authority.js';
import { londonDay } from '../day-words.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { missingFrom, proofOf } from './balance.js';
import { Operate } from './operate.js';
import { readBalance } from './read-balance.js';
import { renderOperations } from './render-operations.js';

const SPANS = [7, 30];

@PageController()
export class BalancePage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/operations/balance')
  @AsPage()
  async show(@CurrentAsker() asker: Asker, @Query('days') asked: unknown): Promise<string> {
    const span = SPANS.find((span) => String(span) === asked) ?? SPANS[0]!;
    const { rows, partitions } = await this.operate.look(asker, 'balance', async (sight) => ({
      rows: await readBalance(sight, londonDay(sight.now - (span - 1) * 86_400_000)),
      partitions: await partitionTallies(sight, sight.live.schema),
    }));
    const balanced = rows.map((row) => ({
      ...row,
      name: databaseName(this.authority, row.source),
      missing: missingFrom(row),
      sent: row.received + row.rejected,
    }));
    return renderOperations(
      this.pages,
      asker,
      'balance.njk',
      { title: 'Balance', section: 'balance' },
      {
        span,
        spans: SPANS,
        days: Object.fromEntries(Map.groupBy(balanced, ({ day }) => day)),
        off: balanced.filter(({ missing }) => missing !== 0).length,
        proof: proofOf(partitions),
      },
    );
  }
}
