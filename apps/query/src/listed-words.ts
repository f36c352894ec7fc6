/** "Mosaic", "Mosaic and Synergy", "Cluster lists, Insight and Mosaic" */
export const listed = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words.join('');
