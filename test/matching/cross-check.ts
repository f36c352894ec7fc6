import type { Comparable } from '#lib/matching';
import { componentsOf } from './match-all.js';

/**
 * The baseline: people by the first two steps of the NHS Master Person Service (Person_ID Handbook), between records instead of against a register. Cross-check:
 * one NHS number, and a date of birth of which two of three parts are the same. Alphanumeric: names, date of birth, gender and postcode
 * all the same. Its third step, algorithmic, needs the register.
 */
export function crossCheck(records: readonly Comparable[]): string[][] {
  const byKey = new Map<string, Comparable[]>();
  const file = (key: string, record: Comparable) => byKey.set(key, [...(byKey.get(key) ?? []), record]);
  for (const record of records) {
    const { nhs, born, names, gender, postcodes } = record;
    const [year, month, day] = born?.length === 10 ? born.split('-') : [];
    if (!year) continue;
    for (const number of nhs)
      for (const part of [`y${year}m${month}`, `y${year}d${day}`, `m${month}d${day}`]) file(`${number} ${part}`, record);
    for (const { family, given } of names)
      if (family && given[0] && gender) for (const postcode of postcodes) file([family, given[0], born, gender, postcode].join(), record);
  }
  const pairs = [...byKey.values()].flatMap(([first, ...others]) =>
    others.map(({ subject }) => [(first as Comparable).subject, subject] as const),
  );
  return componentsOf(
    records.map(({ subject }) => subject),
    pairs,
  );
}
