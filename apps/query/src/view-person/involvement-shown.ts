import { z } from 'zod';
import { RingInstead } from './ring-instead.js';

const day = z.string().nullable();

/** Whom to ring. The team's number outlives its workers. */
export const Contact = z.object({
  /** Null: the worker is not known or gone; ring the team. */
  name: z.string().nullable(),
  role: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  outOfHoursName: z.string().nullable(),
  outOfHoursPhone: z.string().nullable(),
  team: z.string().nullable(),
  teamPhone: z.string().nullable(),
});

/** "Yes, case open", "Yes, case closed" or "No records", with the day where known. */
const HousingMatter = z.object({ words: z.string(), on: day });

/** One involvement with the facts its service agreed to show; every code already in words. */
export const InvolvementShown = z
  .object({
    /** Which database says so: "Synergy". */
    database: z.string(),
    /** Null: the service holds records, and does not say whether anything is current. No end is told of them either. */
    state: z.enum(['open', 'closed']).nullable(),
    kind: z.enum(['involved-now', 'involved-before', 'records-held']),
    /** "Involved now", "Involved from 1 Sep 2027", "Involved before, ended 14 Mar 2025", "Records held"; of a late source "Involved when last checked, 19 Nov 2026; expected every 15 minutes". */
    stateWords: z.string(),
    /** "when last checked, 19 Nov 2026; expected every 15 minutes"; null: the source is not late. */
    staleWords: z.string().nullable(),
    openedOn: day,
    /** `openedOn` lies ahead: it has not begun yet. */
    beginsAhead: z.boolean(),
    /** It was over before the day on which it was to begin. */
    neverBegan: z.boolean(),
    /** Of an open one the day on which it is due to end. */
    closedOn: day,
    organisation: z.string().nullable(),
    coordinating: z.boolean(),
    contact: Contact,
    ...RingInstead.shape,
    school: z.object({ schoolName: z.string(), admissionType: z.string(), contactNumber: z.string().nullable() }).nullable(),
    adultSocialCare: z.object({ lastInvolvementStartedOn: day, lastInteractionOn: day }).nullable(),
    housing: z
      .object({
        association: z.string().nullable(),
        tenancyStartedOn: day,
        antiSocialBehaviour: HousingMatter,
        rentArrears: HousingMatter,
        /** "last 12 months": how far back the next two go, where their case is not open. */
        noticesWithinWords: z.string(),
        noticeSeekingPossession: HousingMatter,
        eviction: HousingMatter,
      })
      .nullable(),
    police: z
      .object({
        area: z.string().nullable(),
        /** Of the newest of the whole panel, as many as `maximumWords` says. Null: its source has not said, which is not "none". */
        offences: z.array(z.object({ date: day, type: z.string(), nature: z.string() })).nullable(),
        moreNotListed: z.boolean(),
        /** "A maximum of 3 will be listed" */
        maximumWords: z.string(),
        /** Null: not said by the source. */
        nonSafeguarding: z.boolean().nullable(),
      })
      .nullable(),
    notInEducation: z.object({ status: z.string() }).nullable(),
    generic: z.object({ kind: z.string().nullable(), lastInvolvementStartedOn: day, lastInteractionOn: day }).nullable(),
  })
  .meta({ id: 'InvolvementShown' });
export type InvolvementShown = z.output<typeof InvolvementShown>;

/** As an opened panel lists it. */
export const InvolvementListed = InvolvementShown.extend({
  /** What a problem with it calls it; no id of its source, and the same as long as the source has it. */
  id: z.string(),
}).meta({ id: 'InvolvementListed' });
export type InvolvementListed = z.output<typeof InvolvementListed>;
