import { withDefaultRules } from '#lib/events';

/** One field that differs between two versions of the settings; what is not there is undefined. */
export interface SettingsDifference {
  /** As in the file, from outside in: `services › police › fromAge`. */
  field: string;
  /** The same, name by name. */
  path: readonly string[];
  was?: unknown;
  is?: unknown;
  /** The same things, in another order. */
  reordered?: true;
}

/**
 * What people are read by otherwise than before: what a version does not say of a service counts as its default. Field by field, in the order of
 * the newer version; entries of a list are told by their id, service or client.
 * @param o.apart what was added or removed as a whole is told field by field as well
 */
export const settingsDifferences = (was: unknown, is: unknown, o: { apart?: boolean } = {}): SettingsDifference[] =>
  differencesIn(asTheyCount(was), asTheyCount(is), { path: [], apart: o.apart ?? false });

function asTheyCount(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null || !('services' in settings)) return settings;
  return { ...settings, services: withDefaultRules(settings.services) };
}

function differencesIn(was: unknown, is: unknown, o: { path: readonly string[]; apart: boolean }): SettingsDifference[] {
  const at = { path: o.path, field: fieldWords(o.path) };
  const before = entriesOf(was) ?? (o.apart && hasEntries(is) && was === undefined ? new Map<string, unknown>() : null);
  const after = entriesOf(is) ?? (o.apart && hasEntries(was) && is === undefined ? new Map<string, unknown>() : null);
  if (before === null || after === null) return same(was, is) ? [] : [{ ...at, was, is }];
  const names = [...after.keys(), ...[...before.keys()].filter((name) => !after.has(name))];
  const within = names.flatMap((name) => differencesIn(before.get(name), after.get(name), { ...o, path: [...o.path, name] }));
  const shared = (entries: Map<string, unknown>, other: Map<string, unknown>) =>
    [...entries.keys()].filter((name) => other.has(name)).join('\n');
  return shared(before, after) === shared(after, before) ? within : [...within, { ...at, reordered: true }];
}

/** "services › police › fromAge: was 18, is 16" */
export function differenceWords({ field, was, is, reordered }: SettingsDifference): string {
  if (reordered) return `${field}: the order changed`;
  if (was === undefined) return `${field}: was not set, is ${JSON.stringify(is)}`;
  if (is === undefined) return `${field}: was ${JSON.stringify(was)}, is not set any more`;
  return `${field}: was ${JSON.stringify(was)}, is ${JSON.stringify(is)}`;
}

const fieldWords = (field: readonly string[]) => (field.length === 0 ? 'all of it' : field.join(' › '));
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const hasEntries = (value: unknown): boolean => (entriesOf(value)?.size ?? 0) > 0;

/** Names to values; null where something is no object and no list of named entries. */
function entriesOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const named = new Map(value.flatMap((entry: unknown) => (nameOf(entry) === undefined ? [] : [[nameOf(entry)!, entry] as const])));
  return named.size > 0 && named.size === value.length ? named : null;
}

function nameOf(entry: unknown): string | undefined {
  const { id, service, client } = (entry ?? {}) as Record<string, unknown>;
  const name = id ?? service ?? client;
  return typeof name === 'string' ? name : undefined;
}
