import { Command, Option } from 'nest-commander';
import type { Queryable } from '#lib/read-model';
import { NotDoneError, WrongUseError } from '../errors.js';
import { DONE, LOOK_AT_THIS } from '../exit-codes.js';
import { inReadModel } from '../in-read-model.js';
import { onRecord, reasonOf } from '../on-record.js';
import { decisionId } from '../option-values.js';
import { instantWords, print, tell } from '../print.js';
import { type ChangeOptions, ChangingVerb } from '../verb.js';

interface Alert {
  id: string;
  kind: string;
  raisedAt: number;
  reader: string;
  requestId: string;
}

@Command({
  name: 'alerts',
  description: 'Lists restricted records that were opened and that no officer has looked into yet. Exit code 3 when there are any.',
})
export class AlertsVerb extends ChangingVerb {
  protected override readonly examples = {
    alerts: 'who opened one, when, in which request; the audit log holds why',
    'alerts --seen 01234567-… --reason "asked the manager: strategy meeting, justified"': 'an officer has looked into it',
  };

  async run(_: string[], options: ChangeOptions & { seen?: string }): Promise<void> {
    const { seen } = options;
    if (seen === undefined) {
      if (options.reason !== undefined || options.dryRun) throw new WrongUseError('Nothing is changed without --seen.');
      const alerts = await inReadModel(unseen);
      print(alerts, COLUMNS, { json: options.json, whenEmpty: 'No alert waits for anybody.' });
      process.exitCode = alerts.length > 0 ? LOOK_AT_THIS : DONE;
      return;
    }
    const reason = options.dryRun ? '' : reasonOf(options);
    await inReadModel(async (pool) => {
      if (!(await unseen(pool)).some(({ id }) => id === seen)) throw new NotDoneError('No such alert waits. See npm run ops -- alerts.');
      if (!options.dryRun)
        await onRecord('alerts/seen', reason, { alert: seen }, (who) =>
          pool.query('UPDATE decided.alert SET seen_by = $2, seen_at = now() WHERE id = $1', [seen, who]),
        );
      tell({ alert: seen, dryRun: options.dryRun ?? false }, [`${options.dryRun ? 'Would be seen' : 'Seen'}: ${seen}.`], options);
    });
    process.exitCode = DONE;
  }

  @Option({ flags: '--seen <id>', description: 'the alert, as this verb lists it' })
  seen(text: string): string {
    return decisionId('--seen', text);
  }
}

async function unseen(client: Queryable): Promise<Alert[]> {
  const { rows } = await client.query(`
    SELECT id, kind, (extract(epoch FROM raised_at) * 1000)::float8 AS "raisedAt", reader, request_id AS "requestId"
    FROM decided.alert WHERE seen_at IS NULL ORDER BY raised_at`);
  return rows as Alert[];
}

const COLUMNS: Record<string, (alert: Alert) => string> = {
  alert: ({ id }) => id,
  kind: ({ kind }) => kind,
  when: ({ raisedAt }) => instantWords(raisedAt),
  reader: ({ reader }) => reader,
  request: ({ requestId }) => requestId,
};
