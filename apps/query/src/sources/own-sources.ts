import { Inject, Injectable, NotFoundException } from '@nestjs/common';
import type { Source } from '#lib/events';
import type { ReadModelPool } from '#lib/read-model';
import { type Authority, sourcesAnsweredBy } from '../authority.js';
import { Gate, type OnRecord } from '../gate.js';
import { inOneSight, type Sight } from '../ops-pages/sight.js';
import { reaches } from '../policy/home-of.js';
import { AUTHORITY, OPERATIONS } from '../providers.js';
import type { Asker, Reader } from '../sign-in/reader.js';
import { FileRefused } from './ingest-door.js';

/** What somebody does with a file: on record before it is done. */
type FileAct = 'sent' | 'checked' | 'confirmed' | 'approved';

/**
 * The door to what became of what a source sent: of their own sources for their teams, of all for operations. It shows counts, rules, columns and times, and never a
 * value; each look and each act is on record first. A source that is somebody else's is one that is not there.
 */
@Injectable()
export class OwnSources {
  constructor(
    @Inject(AUTHORITY) private readonly authority: Authority,
    @Inject(OPERATIONS) private readonly pool: ReadModelPool,
    private readonly gate: Gate,
  ) {}

  /** The sources a reader may look at. Throws `NotAllowed` (403) or `AuditUnavailable` (503). */
  async all(asker: Asker): Promise<Source[]> {
    await this.gate.pass(asker, 'own-sources', { action: 'viewed-source' });
    const sources = this.visibleTo(asker.reader);
    await this.gate.record(asker, { action: 'viewed-source', shown: { sources: sources.map(({ id }) => id) } }, 'done');
    return sources;
  }

  /** One of them, once the look is on record. Throws besides NotFoundException. */
  async one(asker: Asker, id: string, page: string): Promise<Source> {
    const seen = (source: string | null): OnRecord => ({ action: 'viewed-source', shown: { page, source } });
    await this.gate.pass(asker, 'own-sources', seen(null));
    const source = this.visibleTo(asker.reader).find((one) => one.id === id);
    await this.gate.record(asker, seen(source?.id ?? null), source ? 'done' : 'nothing-found');
    if (!source) throw new NotFoundException();
    return source;
  }

  /** Whether this reader may handle the source's files. Throws `NotAllowed`, once that they came is on record, or NotFoundException. */
  async ofFiles(asker: Asker, id: string): Promise<Source> {
    const came: OnRecord = { action: 'handled-file', shown: {} };
    await this.gate.pass(asker, 'source-files', came);
    const source = this.visibleTo(asker.reader).find((one) => one.id === id);
    if (source) return source;
    await this.gate.record(asker, came, 'nothing-found');
    throw new NotFoundException();
  }

  /** Does it, once it is on record; that it was refused is on record as well. */
  async handle<Result>(
    asker: Asker,
    shown: { act: FileAct; source: string; table?: string; file?: string },
    act: () => Promise<Result>,
  ): Promise<Result> {
    const onRecord: OnRecord = { action: 'handled-file', shown };
    await this.gate.record(asker, onRecord, 'done');
    try {
      return await act();
    } catch (error) {
      const refused = error instanceof FileRefused ? error.code : 'failed';
      await this.gate.record(asker, { ...onRecord, shown: { ...shown, refused } }, 'refused');
      throw error;
    }
  }

  mayHandle = ({ role }: Reader): boolean => reaches(role, 'source-files');

  read<Result>(read: (sight: Sight) => Promise<Result>): Promise<Result> {
    return inOneSight(this.pool, read);
  }

  private visibleTo(reader: Reader): Source[] {
    if (reader.role === 'operations') return this.authority.sources;
    const own = sourcesAnsweredBy(reader, this.authority);
    return this.authority.sources.filter(({ id }) => own.includes(id));
  }
}
