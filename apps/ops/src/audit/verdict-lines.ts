import { type Finding, NOT_COMMITTED, type Verdict } from '#lib/audit';
import { instantWords } from '../print.js';

/** What a verification came to, for people. @param o.pushed whether there was anything from the second place to compare with */
export function verdictLines(verdict: Verdict, o: { pushed: boolean; whole: boolean }): string[] {
  const { findings, redactedFields, redactedEntries, ignoredLines, foreignNotes } = verdict;
  return [
    headline(verdict, o.whole),
    ...findings.slice(0, 10).map((finding) => `  ${place(finding)} (${finding.kind}): ${finding.says}`),
    ...(findings.length > 10 ? [`  … and ${findings.length - 10} more`] : []),
    ...(o.whole ? [] : ['  The file was cut off or lacks lines: it does not end as it says.']),
    ...(redactedFields > 0 ? [`${redactedFields} fields of ${redactedEntries} entries are redacted; the rest of each is proven.`] : []),
    ...(ignoredLines > 0
      ? [`${ignoredLines} lines of checkpoints can’t be read, or another key signed them: they count for nothing.`]
      : []),
    ...(foreignNotes > 0 ? [`${foreignNotes} checkpoints of the log itself are not signed by this key: they count for nothing.`] : []),
    ...(verdict.unproven || (verdict.sealed === 0 && !o.pushed) ? [] : [coverage(verdict, o.pushed)]),
    ...(verdict.unproven || verdict.sealed === 0 ? [] : [NOT_PROVED]),
  ];
}

function headline({ first, sealed, covered, waiting, later, unproven }: Verdict, whole: boolean): string {
  if (first !== null) return `✗ The log is not what was sealed and signed. First bad index: ${place(first)}.`;
  if (unproven)
    return `✗ Nothing signed by this key was found to compare the ${sealed} sealed entries with, so nothing is proved. Is it the log’s own key?`;
  if (!whole) return '✗ The log is not what was sealed and signed.';
  const rest = later === null ? 'wait to be sealed' : 'were not sealed yet when the file was made';
  if (sealed === 0) return `Nothing is sealed yet, so there is nothing to prove: ${waiting} entries ${rest}.`;
  const proved = Math.min(covered, sealed);
  return `✓ The log is what was sealed and signed: ${proved < sealed ? `${proved} of ${sealed} sealed` : sealed} entries, ${waiting} more ${rest}.`;
}

const NOT_PROVED = `Not proved of any entry: which sink took it, and when it came from there (${NOT_COMMITTED.join(', ')}). Whoever can write to the database can change that unseen.`;

const place = ({ index, through }: Finding) => (through === undefined || through === index ? String(index) : `${index} to ${through}`);

function coverage({ covered, sealed, signedAt, later }: Verdict, pushed: boolean): string {
  const above = Math.max(0, sealed - covered);
  if (!pushed)
    return `Compared with the log’s own checkpoints alone${above === 0 ? '' : `: they cover ${covered} entries, ${above} stand above them unproved`}. Whoever can write to the database could have cut its tail together with them: give --checkpoints from the second place.`;
  if (later !== null)
    return `The pushed checkpoints cover all ${sealed} sealed entries of the file. It was made at ${instantWords(later.exportedAt)}: is that when you asked for it? ${later.entries} more were sealed and pushed since: what was not sealed then comes first among them. A newer export holds them sealed.`;
  const since = signedAt === null ? '' : ` (of ${instantWords(signedAt)})`;
  return `The newest pushed checkpoint${since} covers ${covered} entries, ${above} stand above it. What was written after it could have been changed or cut unseen: one sealing interval, at most 60 seconds while the sealer runs.`;
}
