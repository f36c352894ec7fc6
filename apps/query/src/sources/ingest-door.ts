import type { Readable } from 'node:stream';
import { z } from 'zod';
import { IngestUnavailable } from '../errors.js';
import type { Reader } from '../sign-in/reader.js';
import type { IngestToken } from './ingest-token.js';
import { ToldFile, ToldFiles } from './told-file.js';

/** What is said of a file that a reader sends. */
export interface FileToSend {
  table: string;
  rows: 'all' | 'changes';
  /** Milliseconds since 1970. */
  exportedAt: number;
  checkOnly: boolean;
}

/** Ingest does not do what was asked of a file; its words are written for source teams. */
export class FileRefused extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly title: string,
    readonly detail: string,
  ) {
    super(title);
  }
}

/** Asked of ingest, for whom, and how. */
interface Call {
  reader: Reader;
  source: string;
  path?: string;
  body?: { type: 'text/csv' | 'application/json'; content: string | Readable };
  within: number;
}

const ANSWERS_WITHIN_MS = 10_000;
/** A file is read whole before it is answered. */
const READS_WITHIN_MS = 600_000;
/** Publishing goes on by itself: nobody waits longer for its end, the file’s page tells of it. */
const WAITS_MS = 15_000;

/** Ingest’s own door for files, where this service is a machine client that says for which reader it acts. Rights are checked, and the act is on record, before anything is asked here. */
export class IngestDoor {
  constructor(
    private readonly url: string,
    private readonly token: IngestToken,
  ) {}

  async files(reader: Reader, source: string): Promise<ToldFiles> {
    return ToldFiles.parse(await json(await this.call({ reader, source, within: ANSWERS_WITHIN_MS })));
  }

  /** @throws FileRefused (404 where the source has no such file), IngestUnavailable */
  async file(reader: Reader, source: string, id: string): Promise<ToldFile> {
    return ToldFile.parse(await json(await this.call({ reader, source, path: `/${id}`, within: ANSWERS_WITHIN_MS })));
  }

  /** CSV, byte by byte as ingest made it: with the mark by which spreadsheets know UTF-8. */
  async problems(reader: Reader, source: string, id: string): Promise<Buffer> {
    const response = await this.call({ reader, source, path: `/${id}/problems.csv`, within: ANSWERS_WITHIN_MS });
    return Buffer.from(await response.arrayBuffer());
  }

  /** Passes a file on as it comes; nothing of it is kept here. @throws FileRefused, IngestUnavailable */
  async send(reader: Reader, source: string, about: FileToSend, content: Readable): Promise<ToldFile> {
    const query = new URLSearchParams({
      table: about.table,
      rows: about.rows,
      exportedAt: new Date(about.exportedAt).toISOString(),
      ...(about.checkOnly && { checkOnly: 'true' }),
    });
    const body = { type: 'text/csv' as const, content };
    return ToldFile.parse(await json(await this.call({ reader, source, path: `?${query.toString()}`, body, within: READS_WITHIN_MS })));
  }

  /** @param rows of the file, as whoever confirms it knows them. @throws FileRefused, IngestUnavailable */
  confirm(reader: Reader, source: string, id: string, rows: number): Promise<void> {
    return this.begin({
      reader,
      source,
      path: `/${id}/confirmation`,
      body: { type: 'application/json', content: JSON.stringify({ rows }) },
      within: WAITS_MS,
    });
  }

  /** @throws FileRefused, IngestUnavailable */
  approve(reader: Reader, source: string, id: string): Promise<void> {
    return this.begin({ reader, source, path: `/${id}/approval`, body: { type: 'application/json', content: '{}' }, within: WAITS_MS });
  }

  private async begin(call: Call): Promise<void> {
    try {
      await this.call(call);
    } catch (error) {
      if (!(error instanceof IngestUnavailable && error.cause instanceof Error && error.cause.name === 'TimeoutError')) throw error;
    }
  }

  private async call({ reader, source, path = '', body, within }: Call): Promise<Response> {
    const token = await this.token.now();
    const response = await fetch(`${this.url}/v1/sources/${encodeURIComponent(source)}/files${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        'on-behalf-of': encodeURIComponent(reader.id),
        ...(body && { 'content-type': body.type }),
      },
      ...(body && { method: 'POST', body: body.content as NonNullable<RequestInit['body']> }),
      // what a stream needs, and nobody has in its types yet
      ...({ duplex: 'half' } as object),
      signal: AbortSignal.timeout(within),
      redirect: 'error',
    }).catch((error: unknown) => {
      throw new IngestUnavailable(error);
    });
    if (response.ok) return response;
    if (response.status === 401) this.token.drop();
    const said = Refusal.safeParse(await json(response));
    if (response.status < 500 && response.status !== 401 && said.success) {
      const { type, title, detail } = said.data;
      throw new FileRefused(type.split(':').at(-1)!, response.status, title, detail);
    }
    throw new IngestUnavailable(new Error(`ingest answered ${response.status}`));
  }
}

const Refusal = z.object({ type: z.string(), title: z.string(), detail: z.string() });

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw new IngestUnavailable(error);
  }
}
