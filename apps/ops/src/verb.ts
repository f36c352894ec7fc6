import { CommandRunner, Help, Option } from 'nest-commander';

/** What stands under every verb's `--help`. */
const EXIT_CODES = `
Exit codes:
  0  done
  1  not done: refused, used wrongly, or something it needs is away
  3  done, and somebody should look
  4  asked for, and it goes on without this command`;

/** What all verbs have in common: an answer as JSON, and examples in their help. */
export abstract class Verb extends CommandRunner {
  /** Commands as typed, behind \`npm run ops -- \`, and what each does. */
  protected abstract readonly examples: Readonly<Record<string, string>>;

  @Option({ flags: '--json', description: 'answer as JSON' })
  json(): boolean {
    return true;
  }

  @Help('after')
  moreHelp(): string {
    return helpOf(this.examples);
  }
}

/** A verb that only groups others. It has no options of its own: they would be taken before those of the verbs below see them. */
export abstract class VerbFamily extends CommandRunner {
  protected abstract readonly examples: Readonly<Record<string, string>>;

  @Help('after')
  moreHelp(): string {
    return `\nEvery one of them knows --help and --json.\n${helpOf(this.examples)}`;
  }

  /** Never reached: one of the verbs below is the default. */
  async run(): Promise<void> {}
}

function helpOf(examples: Readonly<Record<string, string>>): string {
  const lines = Object.entries(examples).map(([command, does]) => `  npm run ops -- ${command}\n      ${does}`);
  return `\nExamples:\n${lines.join('\n')}\n${EXIT_CODES}`;
}

/** A verb that changes something: why goes on record first, and it can be tried dry. */
export abstract class ChangingVerb extends Verb {
  @Option({ flags: '--reason <why>', description: 'why; goes on record before anything is done' })
  reason(text: string): string {
    return text;
  }

  @Option({ flags: '--dry-run', description: 'only say what would be done' })
  dryRun(): boolean {
    return true;
  }
}

export interface AnswerOptions {
  json?: boolean;
}

export interface ChangeOptions extends AnswerOptions {
  reason?: string;
  dryRun?: boolean;
}
