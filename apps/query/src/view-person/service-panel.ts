import { z } from 'zod';
import { SourceFreshness } from '../source-freshness.js';

export const STATES = ['involved-now', 'involved-before', 'records-held', 'nothing-found', 'not-checked'] as const;

/** Why a service was not checked, or not since what it held ended. */
export const NOT_CHECKED = [
  'age-rule',
  'age-not-known',
  'out-of-area',
  'no-agreement',
  'ask-the-broker',
  'known-to-you',
  'too-few-details',
  'wrong-match-awaiting-review',
  'match-awaiting-review',
  'match-by-name-alone',
  'matching-pending',
  'held-back',
  'source-late',
  'source-dropped',
  'no-coverage',
] as const;

/** Reasons for which nothing at all of a service may be told of a person, not even that something of it is held back, or said to be missing. */
const RULED_OUT: readonly (string | null)[] = ['age-rule', 'age-not-known', 'no-agreement', 'ask-the-broker', 'known-to-you'];
export const isRuledOut = ({ reason }: { reason: string | null }): boolean => RULED_OUT.includes(reason);

/** One of the five states, in the words every page, answer and print uses. */
export const ServiceState = z
  .object({
    kind: z.enum(STATES),
    /** The whole wording: "Involved now", "Involved before, ended 14 Mar 2025", "Not checked: shown from age 16". */
    words: z.string(),
    /** Why nothing is known of now: of not-checked, and of involved-before where that was not checked since. */
    reason: z.enum(NOT_CHECKED).nullable(),
    /** Amber rather than quiet: something is wrong, not merely a rule. */
    problem: z.boolean(),
    /** The source is late: the words already say "when last checked". */
    stale: z.boolean(),
    endedOn: z.string().nullable(),
  })
  .meta({ id: 'ServiceState' });
export type ServiceState = z.output<typeof ServiceState>;

/** Whether a state is said whoever else may be the person: somebody alike can only make "nothing found", or an involvement that has ended, unsure. */
export const isSaidWhoeverIsAlike = (state: ServiceState): boolean =>
  state.kind === 'involved-now' || state.kind === 'records-held' || isRuledOut(state);

/** A service's panel, closed: no content of it. */
export const ServicePanel = z
  .object({
    service: z.string(),
    /** "School" */
    serviceName: z.string(),
    /** "Synergy"; several are listed, the last with "and". */
    database: z.string(),
    state: ServiceState,
    /** Whether there is anything to open: facts, or what would have shown. */
    canOpen: z.boolean(),
    /** The sources behind this panel: last heard, covers, area, late words, whom to ring. */
    sources: z.array(SourceFreshness),
    /** "Last updated on 22 Nov 2026 at 09:14", "covers the period 1 Jan 2010 to now", "Northbridge": in this order, unknown ones left out; of several sources each has one line of all this that begins with its name. */
    freshnessWords: z.array(z.string()),
    /** Sentences for late sources, ready to show. */
    lateWords: z.array(z.string()),
    /** Sentences for sources that hold far fewer records than before, ready to show. */
    droppedWords: z.array(z.string()),
    /** Events about this person from this service's sources are held back. */
    heldBack: z.boolean(),
    /** Since when the oldest of them is; milliseconds since 1970, null where none is held back. */
    heldBackSince: z.number().nullable(),
    /** Which of the sources sent it, or that not even this can be read, as sentences, ready to show. Null: nothing is held back. */
    heldBackWords: z.string().nullable(),
    /** "Insight holds details of this person, such as a name or an address, but no involvement of this service.": beside "Checked, nothing found" alone. Null: it holds none that are shown. */
    recordWords: z.string().nullable(),
    /** A reader has said that a record behind it may be of another person: what of it is not shown, or is to be checked. Null: nobody has. */
    doubtWords: z.string().nullable(),
    /** What an involvement of this service is, and so what would have shown. */
    conditions: z.string(),
  })
  .meta({ id: 'ServicePanel' });
export type ServicePanel = z.output<typeof ServicePanel>;
