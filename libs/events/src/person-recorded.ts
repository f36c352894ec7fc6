import { z } from 'zod';
import { ADDRESS_KINDS, DETAIL_FLAGS, GENDERS, IDENTIFIER_TYPES, NAME_KINDS, RESTRICTIONS } from './codes.js';
import { birthDate, code, day, head, instant, list, optional, text } from './fields.js';

/** A source's whole description of one person, restated at every change. */
export const PersonRecorded = z.strictObject({
  type: z.literal('PersonRecorded'),
  ...head,
  names: z
    .array(
      z.strictObject({
        /** Empty for a person with one name only, whose name then stands in `given`. */
        family: optional(text(200)),
        given: list(text(200), 10),
        kind: code(NAME_KINDS).default('current'),
        from: optional(day()),
        to: optional(day()),
      }),
    )
    .min(1)
    .max(30),
  dateOfBirth: optional(birthDate()),
  gender: code(GENDERS).default('not-known'),
  addresses: list(
    z.strictObject({
      lines: list(text(200), 8),
      postcode: optional(text(16)),
      uprn: optional(z.string().regex(/^\d{1,12}$/)),
      from: optional(day()),
      to: optional(day()),
      kind: code(ADDRESS_KINDS).default('home'),
      /** An address that may be shown nowhere (refuge, placement, adoptive home). */
      confidential: z.boolean().default(false),
    }),
    30,
  ),
  identifiers: list(z.strictObject({ type: code(IDENTIFIER_TYPES), value: text(100) }), 20),
  phone: optional(text(50)),
  deceasedOn: optional(day()),
  restriction: code(RESTRICTIONS).default('none'),
  flags: list(code(DETAIL_FLAGS), 10),
  /** When the source last checked these details with someone; absent when it does not say. */
  confirmedAt: optional(instant()),
});
export type PersonRecorded = z.output<typeof PersonRecorded>;
