import { SubCommand } from 'nest-commander';
import { DONE } from '../exit-codes.js';
import { tell } from '../print.js';
import { type AnswerOptions, Verb } from '../verb.js';
import { signingKey } from './audit-settings.js';

@SubCommand({
  name: 'key',
  description: 'Shows the public key that checkpoints and exports are verified with. Keep it where the log is not.',
})
export class AuditKeyVerb extends Verb {
  protected override readonly examples = { 'audit key': 'name, id and key, as C2SP signed-note writes them' };

  async run(_: string[], options: AnswerOptions): Promise<void> {
    const { text } = signingKey().public;
    tell({ key: text }, [text], options);
    process.exitCode = DONE;
  }
}
