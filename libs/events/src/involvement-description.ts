/** What an involvement is like, restated whole by `InvolvementOpened` and `InvolvementUpdated`. */
import { z } from 'zod';
import { ADMISSION_TYPES, HOUSING_MATTERS, NOT_IN_EDUCATION_STATUSES, OFFENCES, OFFENCE_NATURES, SERVICES } from './codes.js';
import { code, day, list, optional, text } from './fields.js';

const housingMatter = () => optional(z.strictObject({ state: code(HOUSING_MATTERS), on: optional(day()) }));

const practitioner = z.strictObject({
  name: optional(text(200)),
  role: optional(text(200)),
  phone: optional(text(50)),
  email: optional(text(254)),
  outOfHoursPhone: optional(text(50)),
  outOfHoursName: optional(text(200)),
  /** The practitioner's user name in the authority's directory; makes a caseload. */
  readerId: optional(text(200)),
});

/** One optional record per service whose facts go beyond state, dates and practitioner. */
const details = z.strictObject({
  school: optional(
    z.strictObject({ schoolName: text(200), admissionType: code(ADMISSION_TYPES).default('main'), contactNumber: optional(text(50)) }),
  ),
  adultSocialCare: optional(z.strictObject({ lastInvolvementStartedOn: optional(day()), lastInteractionOn: optional(day()) })),
  housing: optional(
    z.strictObject({
      association: optional(text(200)),
      tenancyStartedOn: optional(day()),
      antiSocialBehaviour: housingMatter(),
      rentArrears: housingMatter(),
      noticeSeekingPossession: housingMatter(),
      eviction: housingMatter(),
    }),
  ),
  police: optional(
    z.strictObject({
      area: optional(text(200)),
      offences: list(z.strictObject({ date: optional(day()), type: code(OFFENCES), nature: code(OFFENCE_NATURES) }), 200),
      nonSafeguarding: z.boolean(),
    }),
  ),
  notInEducation: optional(z.strictObject({ status: code(NOT_IN_EDUCATION_STATUSES) })),
  generic: optional(
    z.strictObject({ kind: optional(text(200)), lastInvolvementStartedOn: optional(day()), lastInteractionOn: optional(day()) }),
  ),
});

const NO_DETAILS: z.output<typeof details> = {
  school: null,
  adultSocialCare: null,
  housing: null,
  police: null,
  notInEducation: null,
  generic: null,
};

export const involvementDescription = {
  involvementId: text(200),
  service: code(SERVICES),
  openedOn: optional(day()),
  organisation: optional(text(200)),
  team: optional(text(200)),
  /** A team's number outlives its workers. */
  teamPhone: optional(text(50)),
  practitioner: optional(practitioner),
  /** Whether this service coordinates the others (lead professional). */
  coordinating: z.boolean().default(false),
  details: details.nullish().transform((value) => value ?? NO_DETAILS),
};
const described = z.strictObject(involvementDescription);
export type InvolvementDescription = z.output<typeof described>;
