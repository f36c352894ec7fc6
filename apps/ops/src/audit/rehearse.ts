import { Option, SubCommand } from 'nest-commander';
import { AuditLog, findUnusual, IDENTITY_RULES, keepFindings } from '#lib/audit';
import { readSettings, settings } from '#lib/runtime';
import { opsEnvironment } from '../environment.js';
import { NotDoneError } from '../errors.js';
import { DONE } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { wholeNumber } from '../option-values.js';
import { tell } from '../print.js';
import { refuseInProduction } from '../rehearse.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';
import { inAudit } from './in-audit.js';
import { judge, type Judged } from './judge-rules.js';
import { MANY_LISTED, type MadeUpUse, madeUpUse } from './made-up-use.js';
import { londonMidnight } from './rolls.js';
import { onceEverySourceHasLooked, wasRehearsed } from './rehearsed-once.js';
import { relativeOfAReader, somePeople } from './some-people.js';
import { unusualUse } from './unusual-settings.js';

interface RehearseOptions extends ChangeOptions {
  weeks?: number;
  seed?: number;
  once?: boolean;
}

/** Entries written in one statement. */
const AT_ONCE = 500;
const PEOPLE = 150;
/** Of them the volumes have to be made. */
const FEWEST = MANY_LISTED;

@SubCommand({
  name: 'rehearse',
  description:
    'Writes weeks of made-up use with known misuses in it, past-dated, and tells how well the rules find them. Never in production.',
})
export class AuditRehearseVerb extends ChangingVerb {
  protected override readonly examples = {
    'audit rehearse --reason "to try the rules"': 'four weeks up to last night, then what the rules make of it',
    'audit rehearse --weeks 8 --seed 5 --dry-run': 'how many entries, and which misuses',
    'audit rehearse --once --reason "a first start"': 'what npm start does, so that the worklist of unusual use is not empty',
  };

  async run(_: string[], options: RehearseOptions): Promise<void> {
    refuseInProduction();
    const { weeks = 4, seed = 1, once = false } = options;
    const reason = options.dryRun ? '' : reasonOf(options);
    process.exitCode = DONE;
    if (once && (await inAudit((reader) => reader.read(wasRehearsed)))) {
      return tell({ entries: 0, misuses: [], dryRun: false }, ['Made-up use was written before, so none was written now.'], options);
    }
    if (once) await inReadModel(onceEverySourceHasLooked);
    const until = londonMidnight(Date.now(), 0);
    const use = await inReadModel(async (pool) => {
      const people = await somePeople(pool, PEOPLE);
      if (people.length < FEWEST)
        throw new NotDoneError(`There are only ${people.length} people yet, and ${FEWEST} are needed: publish some first.`);
      return madeUpUse({ until, weeks, seed, people, relative: await relativeOfAReader(pool) });
    });
    const { entries, misuses } = use;
    if (options.dryRun) {
      tell(
        { entries: entries.length, misuses, dryRun: true },
        [`${entries.length} entries would be written, ${misuses.length} misuses among them.`],
        options,
      );
    } else {
      await onRecord('audit rehearse', reason, { weeks, seed, entries: entries.length }, () => write(use));
      const judged = await judgedOver({ from: londonMidnight(until, -weeks * 7), to: until }, use, { keep: once });
      tell({ entries: entries.length, misuses, ...judged, dryRun: false }, linesOf(use, judged, { kept: once }), options);
    }
  }

  @Option({ flags: '--weeks <count>', description: 'so many weeks (4 unless said)' })
  weeks(text: string): number {
    return wholeNumber('--weeks', text, { min: 2, max: 26 });
  }

  @Option({ flags: '--seed <number>', description: 'another seed makes other use (1 unless said)' })
  seed(text: string): number {
    return wholeNumber('--seed', text, { min: 0 });
  }

  @Option({
    flags: '--once',
    description: 'nothing where made-up use was written before; waits until every source has looked; puts what is found on the worklist',
  })
  once(): boolean {
    return true;
  }
}

async function write({ entries }: MadeUpUse): Promise<void> {
  const { auditUrl } = readSettings({ auditUrl: settings.auditUrl }, opsEnvironment());
  const audit = await AuditLog.open({ url: auditUrl, max: 1, deadline: 30_000 });
  try {
    for (let at = 0; at < entries.length; at += AT_ONCE) await audit.record(entries.slice(at, at + AT_ONCE));
  } finally {
    await audit.close();
  }
}

/** @param o.keep whether what is found is put on the officers' worklist */
async function judgedOver(period: { from: number; to: number }, use: MadeUpUse, { keep }: { keep: boolean }): Promise<Judged> {
  return inAudit(async (reader) => {
    const found = await reader.read((sight) => findUnusual(sight, period, unusualUse()));
    if (keep) await reader.review((sight) => keepFindings(sight, found, Date.now()));
    return judge(found, use);
  });
}

const isOfIdentity = (rule: string) => (IDENTITY_RULES as readonly string[]).includes(rule);

function linesOf(
  { entries, misuses, readerDays }: MadeUpUse,
  { found, missed, findings, falseAlarms }: Judged,
  { kept }: { kept: boolean },
): string[] {
  const left = misuses.filter(({ rule }) => isOfIdentity(rule));
  const share = findings === 0 ? 0 : Math.round((100 * falseAlarms) / findings);
  return [
    `${entries.length} entries were written, up to last night: what readers did on ${readerDays} days that one of them worked.`,
    `Misuses found: ${found} of ${misuses.length - left.length}${missed.length > 0 ? `; missed: ${missed.map(({ rule, reader }) => `${rule} of ${reader}`).join(', ')}` : ''}.`,
    `False alarms: ${falseAlarms} of ${findings} findings (${share} %), ${((100 * falseAlarms) / readerDays).toFixed(1)} in 100 days of a reader’s work. What else is on record of these weeks counts among them, earlier rehearsals too.`,
    ...left.map(({ rule, reader }) => `To be found by the officer’s page alone, which knows who people are: ${rule} of ${reader}.`),
    kept
      ? 'What was found waits under /audit/unusual for the information governance officer.'
      : 'Next: sign in as the information governance officer, open /audit/unusual, run the rules.',
  ];
}
