/** The topics of one deployment. `prefix` keeps test runs apart on one broker; it is empty in production. */
export function topicsOf(prefix = '') {
  return {
    involvementLog: `${prefix}involvement-log`,
    identityLog: `${prefix}identity-log`,
    rejections: `${prefix}rejections`,
    landing: (source: string) => `${prefix}landing.${source}`,
  };
}
export type Topics = ReturnType<typeof topicsOf>;
