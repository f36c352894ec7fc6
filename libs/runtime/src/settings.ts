import type { z } from 'zod';

export interface SettingSpec<T> {
  /** Name of the environment variable. */
  env: string;
  /** One sentence for whoever has to set it. */
  doc: string;
  /** Takes the variable's text and gives the value the app uses. */
  schema: z.ZodType<T>;
  /** What is used where nothing is set. Without it the setting is always required. */
  development?: string;
  /** `required`: in production the development default is not enough. */
  production?: 'required';
  /** In production a secret equal to its development default is refused. */
  secret?: boolean;
  /** In production an address that does not begin with https:// is refused. */
  overTls?: boolean;
}

/** Thrown with every problem of an app's settings at once. It never quotes a value. */
export class SettingsError extends Error {
  readonly code = 'settings-wrong';
  readonly retriable = false;
  constructor(readonly problems: string[]) {
    super(`Settings are missing or wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'SettingsError';
  }
}

type Settings<S extends Record<string, SettingSpec<unknown>>> = { [K in keyof S]: z.output<S[K]['schema']> };

/**
 * Reads one app's settings from the environment.
 * @throws SettingsError naming every missing or wrong variable at once, by name and never by value.
 */
export function readSettings<S extends Record<string, SettingSpec<unknown>>>(
  specs: S,
  env: Record<string, string | undefined>,
): Settings<S> {
  const production = env.NODE_ENV === 'production';
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const text = env[spec.env] ?? (production && spec.production === 'required' ? undefined : spec.development);
    if (text === undefined) {
      problems.push(`${spec.env} is not set. ${spec.doc}`);
    } else if (production && spec.secret && text === spec.development) {
      problems.push(`${spec.env} is the development default, which production refuses. ${spec.doc}`);
    } else if (production && spec.overTls && !/^https:\/\//i.test(text)) {
      problems.push(`${spec.env} must begin with https:// in production. ${spec.doc}`);
    } else {
      const parsed = spec.schema.safeParse(text);
      if (parsed.success) values[name] = parsed.data;
      else problems.push(`${spec.env} is not valid (${parsed.error.issues.map((issue) => issue.message).join('; ')}). ${spec.doc}`);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return values as Settings<S>;
}
