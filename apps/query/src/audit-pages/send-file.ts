import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Sends a file as it is made. What fails on the way breaks it off, so that no half file looks whole. @param name without anything of a person */
export function sendFile(reply: FastifyReply, lines: AsyncIterable<string>, { name, type }: { name: string; type: string }): void {
  void reply.header('content-type', type).header('content-disposition', `attachment; filename="${name}"`).send(Readable.from(lines));
}
