/** A postcode as it is compared: upper case, letters and digits alone (`ls1 4ap` → `LS14AP`); empty where nothing is left. */
export function normalisePostcode(value: string): string {
  return value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
