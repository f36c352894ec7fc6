/** The topics of one deployment, and the groups that read them. `prefix` keeps test runs apart on one broker; it is empty in production. */
export function topicsOf(prefix = '') {
  return {
    involvementLog: `${prefix}involvement-log`,
    identityLog: `${prefix}identity-log`,
    rejections: `${prefix}rejections`,
    landing: (source: string) => `${prefix}landing.${source}`,
    /** What the names of the groups begin with that read landing topics: one a source. */
    landingGroups: `${prefix}ingest.landing.`,
    /** All changes captured in one source's tables, in their order. */
    captured: (source: string) => `${prefix}cdc.${source}`,
    /** What the names of the groups begin with that read captured changes: one a source. */
    capturedGroups: `${prefix}ingest.cdc.`,
    matcherGroup: `${prefix}involvement-log-matcher`,
    /** What the names of the matcher’s passing groups begin with. */
    matcherGroups: `${prefix}matcher.`,
    takenOverGroup: `${prefix}identity-log-taken-over`,
    /** What the names of the projectors' groups begin with: one a generation, and passing ones. */
    projectorGroups: `${prefix}projector.`,
    rehearsalGroups: `${prefix}ops.rehearse.`,
  };
}
export type Topics = ReturnType<typeof topicsOf>;
