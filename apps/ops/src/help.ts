/** The verbs of `ops --help`, in the order in which somebody who was woken up asks. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Is all well?': ['alarms', 'accept', 'freshness', 'parked', 'balance', 'differences', 'requests', 'generations', 'audit'],
  'What runs all the time': ['seal'],
  'Events that were parked': ['redrive', 'discard', 'lost-keys'],
  'A new generation of the read model': ['rebuild', 'compare', 'switch', 'roll-back', 'drop'],
  'Proof against the logs and the sources': ['check', 'replay', 'reconcile', 'sent', 'snapshots'],
  'Who is signed in, by which settings, and what they say': ['sessions', 'settings', 'feedback'],
  'What is decided by hand about people': ['alerts', 'problems', 'match', 'restrict', 'unrestrict', 'declarations'],
  'Before a new version, and on a test system': ['prepare', 'rehearse'],
};

/** As much of Commander as is needed here. */
interface Named {
  parent: Named | null;
  name(): string;
  description(): string;
  commands: readonly Named[];
}

interface Helping {
  formatHelp(command: Named, own: Helping): string;
}

/** As typed: `audit verify`. */
const nameOf = (command: Named): string => (command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name());

/** Groups the verbs; the help of one verb stays Commander's own. */
export const helpConfiguration = {
  commandUsage: (command: Named) => `npm run ops -- ${nameOf(command)}${command.commands.length > 0 ? ' [verb]' : ''} [options]`,
  formatHelp(command: Named, own: Helping): string {
    if (command.parent !== null) return (Object.getPrototypeOf(own) as Helping).formatHelp.call(own, command, own);
    const described = new Map(command.commands.map((verb) => [verb.name(), verb.description()]));
    const width = Math.max(...[...described.keys()].map((name) => name.length));
    const line = (name: string) => `  ${name.padEnd(width)}  ${described.get(name) ?? ''}`;
    const groups = Object.entries(GROUPS).map(([heading, names]) => [heading, ...names.map(line)].join('\n'));
    return [
      'npm run ops -- <verb> [options]',
      ...groups,
      'Every verb knows --help (with examples) and --json. Whatever changes something wants --reason "…" and knows --dry-run.',
      '',
    ].join('\n\n');
  },
};
