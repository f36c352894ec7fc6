/** Of records whose date of birth is a guess the year counts alone (decision 0087): they are looked for as those without one are, among these few. The flag is one of libs/events. */
export const GUESSED_INDEX = `USING gin (search_keys) WITH (gin_pending_list_limit = 256) WHERE flags @> '["date-of-birth-estimated"]'`;
