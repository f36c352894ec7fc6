import type { ExportedEntry } from './exported-entry.js';
import type { Finding } from './finding.js';

/** What an entry that records a redaction says it did, beside who and why. */
export const REDACT_VERB = 'audit redact';
interface Redaction {
  verb: typeof REDACT_VERB;
  entry: string;
  fields: string[];
}

/** Which fields were taken out, and which of that is on record in the log itself. */
export class Redactions {
  fields = 0;
  entries = 0;
  private readonly seen: { index: number; id: string; fields: string[] }[] = [];
  private readonly recorded = new Map<string, Set<string>>();

  see({ index, fields, redacted }: ExportedEntry): void {
    const shown = fields.shown as Partial<Redaction> | null;
    if (fields.action === 'operated' && shown?.verb === REDACT_VERB && typeof shown.entry === 'string' && Array.isArray(shown.fields))
      this.recorded.set(shown.entry, new Set([...(this.recorded.get(shown.entry) ?? []), ...shown.fields]));
    if (redacted.length === 0) return;
    this.entries += 1;
    this.fields += redacted.length;
    this.seen.push({ index: index ?? 0, id: String(fields.id), fields: redacted });
  }

  unrecorded(): Finding[] {
    return this.seen.flatMap(({ index, id, fields }) => {
      const missing = fields.filter((field) => !this.recorded.get(id)?.has(field));
      return missing.length === 0
        ? []
        : [{ index, kind: 'redacted-unrecorded' as const, says: `taken out without a record: ${missing.join(', ')}` }];
    });
  }
}
