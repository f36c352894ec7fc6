/** A postcode as it is compared: upper case, letters and digits alone (`ls1 4ap` → `LS14AP`); empty where nothing is left. */
export function normalisePostcode(value: string): string {
  return value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether it is written like a whole postcode (`ls1 4ap`), not like the first part of one (`LS1`) or anything else. Records are found by whole postcodes alone. */
export const isWholePostcode = (value: string): boolean => /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(normalisePostcode(value));
