import { Body, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ApiController } from '../http/api-controller.js';
import { Documented } from '../http/openapi.js';
import { ProblemFound } from '../http/problem.js';
import { DeepLinks, LinkTarget } from './deep-links.js';

const KeptLink = z
  .object({
    id: z.uuid(),
    path: z.string().describe('Where to send the reader’s browser, at the index’s own address'),
    opensUntil: z.int(),
  })
  .meta({ id: 'KeptLink' });
type KeptLink = z.output<typeof KeptLink>;

@ApiController('Links')
export class LinksApi {
  constructor(private readonly links: DeepLinks) {}

  @Post('links')
  @Documented({
    id: 'createLink',
    summary: 'A link that leads a reader to a person of the case management system',
    description:
      'For a machine client with the scope `links:create`. The case ID is kept sealed under an opaque id; the link opens for ten minutes, for ' +
      'any signed-in reader, under their own rights. `back`: where to lead them back to, at an origin that the authority’s settings name. ' +
      'Whether there is such a person is not told.',
    status: 201,
    answer: 'KeptLink',
    body: 'LinkTarget',
  })
  async create(@Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<KeptLink> {
    const target = LinkTarget.safeParse(body);
    if (!target.success) throw wrong({ pointer: '', expected: '{ caseId: text, back: URL where wanted }' });
    const { back } = target.data;
    if (back !== undefined && !this.links.isKnown(back))
      throw wrong({ pointer: '/back', expected: 'an origin listed in the settings, linksFrom' });
    const { id, opensUntil } = await this.links.keep(target.data);
    const path = `/links/${id}`;
    reply.header('location', path);
    return { id, path, opensUntil };
  }
}

const wrong = (problem: { pointer: string; expected: string }) =>
  new ProblemFound({ code: 'link-wrong', status: 400, title: 'No link can be made of that.', problems: [problem] });
