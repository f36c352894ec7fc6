import type { fileAnswer } from '../../apps/ingest/src/http/file-answer.js';
import { tokenOf } from './tokens.js';

export type FileAnswer = ReturnType<typeof fileAnswer> & { problems: { row: number; column: string; rule: string; outcome: string }[] };

/** What a source team does with a file over HTTP. */
export class FileDoor {
  constructor(
    private readonly ingest: string,
    private readonly source: string,
  ) {}

  async post(
    query: Record<string, string>,
    body: NonNullable<RequestInit['body']>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.address()}?${new URLSearchParams(query).toString()}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenOf(this.source)}`, 'content-type': 'text/csv', ...headers },
      body,
      // what a stream needs, and nobody has in its types yet
      ...({ duplex: 'half' } as object),
    });
  }

  /** @param exportedAt ISO @param lines with the header */
  async send(table: string, exportedAt: string, lines: readonly string[], rows = 'all'): Promise<FileAnswer> {
    return answerOf(await this.post({ table, exportedAt, rows }, lines.join('\r\n')), 201);
  }

  async confirm(id: string, proof: object): Promise<Response> {
    return this.act(`${id}/confirmation`, this.source, proof);
  }

  async approve(id: string, who = 'data-quality'): Promise<Response> {
    return this.act(`${id}/approval`, who, {});
  }

  /** Sends and confirms by the number of rows. */
  async publish(table: string, exportedAt: string, lines: readonly string[], rows = 'all'): Promise<FileAnswer> {
    const { id } = await this.send(table, exportedAt, lines, rows);
    return answerOf(await this.confirm(id, { rows: lines.length - 1 }), 200);
  }

  async get(path = '', who = this.source): Promise<Response> {
    return fetch(`${this.address()}${path}`, { headers: { authorization: `Bearer ${await tokenOf(who)}` } });
  }

  private async act(path: string, who: string, body: object): Promise<Response> {
    const headers = { authorization: `Bearer ${await tokenOf(who)}`, 'content-type': 'application/json' };
    return fetch(`${this.address()}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private address(): string {
    return `${this.ingest}/v1/sources/${this.source}/files`;
  }
}

export async function answerOf(response: Response, status: number): Promise<FileAnswer> {
  if (response.status !== status) throw new Error(`answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as FileAnswer;
}
