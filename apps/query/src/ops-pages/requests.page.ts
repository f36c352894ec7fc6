import { Get, Inject, NotFoundException, Param } from '@nestjs/common';
import { lastRequests, type OperatorRequest, requestOf, versionNeeded } from '#lib/read-model';
import { isUuid } from '#lib/runtime';
import type { Authority } from '../authority.js';
import { AsPage, PageController } from '../layout/page-controller.js';
import { Pages } from '../layout/pages.js';
import { AUTHORITY } from '../providers.js';
import type { Asker } from '../sign-in/reader.js';
import { CurrentAsker } from '../sign-in/signed-in.guard.js';
import { TAKEN_WITHIN_MS } from './look-at.js';
import { Operate } from './operate.js';
import { comparisonOf, differencesOf, SHOWN_AT_MOST } from './read-comparisons.js';
import { renderOperations } from './render-operations.js';
import { requestLine } from './request-line.js';
import { countFactsOf, factsOf, isCount, requestWords, shareWords, STATES } from './request-words.js';

const LISTED = 50;
const BACK = { text: 'Requests', href: '/operations/requests' };

@PageController()
export class RequestsPage {
  constructor(
    private readonly operate: Operate,
    private readonly pages: Pages,
    @Inject(AUTHORITY) private readonly authority: Authority,
  ) {}

  @Get('/operations/requests')
  @AsPage()
  async all(@CurrentAsker() asker: Asker): Promise<string> {
    const requests = await this.operate.look(asker, 'requests', (sight) => lastRequests(sight, LISTED));
    const shown = { requests: requests.map((request) => requestLine(request, this.authority)) };
    return renderOperations(this.pages, asker, 'requests.njk', { title: 'Requests', section: 'requests' }, shown);
  }

  @Get('/operations/requests/:id')
  @AsPage()
  async one(@CurrentAsker() asker: Asker, @Param('id') id: string): Promise<string> {
    const found = await this.operate.look(asker, 'requests/one', async (sight) => {
      const request = isUuid(id) ? await requestOf(sight, id) : undefined;
      if (request === undefined) return undefined;
      const needed = await versionNeeded(sight, request.verb);
      return { now: sight.now, request, comparison: await comparisonOf(sight, id), needed };
    });
    if (found === undefined) throw new NotFoundException();
    const { now, request, comparison, needed } = found;
    return renderOperations(
      this.pages,
      asker,
      'request.njk',
      { title: requestWords(request), section: 'requests', back: BACK },
      {
        now,
        request,
        stateWords: STATES[request.state],
        underWay: request.state === 'waiting' || request.state === 'running',
        untaken: request.state === 'waiting' && now - request.askedAt > TAKEN_WITHIN_MS,
        needed,
        given: factsOf(request.arguments, this.authority),
        outcome: this.outcomeOf(request),
        comparison: comparison ?? null,
        counted: isCount(request) && request.state === 'done',
      },
    );
  }

  @Get('/operations/requests/:id/differences')
  @AsPage()
  async differences(@CurrentAsker() asker: Asker, @Param('id') id: string): Promise<string> {
    const found = await this.operate.look(asker, 'requests/differences', async (sight) => {
      const comparison = isUuid(id) ? await comparisonOf(sight, id) : undefined;
      return comparison && { comparison, ...(await differencesOf(sight, id)) };
    });
    if (found === undefined) throw new NotFoundException();
    const back = { text: 'The request', href: `/operations/requests/${id}` };
    const facts = { title: 'Differences', section: 'requests', back } as const;
    const shown = { ...found, atMost: SHOWN_AT_MOST, shareWords: shareWords(found.comparison.share) };
    return renderOperations(this.pages, asker, 'differences.njk', facts, shown);
  }

  private outcomeOf(request: OperatorRequest) {
    const told = request.outcome ?? request.progress;
    return isCount(request) && request.state !== 'failed' ? countFactsOf(told, this.authority) : factsOf(told, this.authority);
  }
}
