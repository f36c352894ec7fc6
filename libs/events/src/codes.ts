/**
 * The code lists of the contract, each code with the label a reader sees. They live here and nowhere else.
 * A code is a plain string in Avro (an enum could not grow under FULL_TRANSITIVE) and is checked at the door.
 */

/** Services a practitioner recognises (product: services, facts and display rules). */
export const SERVICES = {
  'childrens-social-care': 'Children’s social care',
  school: 'School',
  'adult-social-care': 'Adult social care',
  housing: 'Housing',
  police: 'Police',
  'youth-offending': 'Youth offending',
  'not-in-education': 'Not in education or employment',
  'early-help': 'Early help',
  'health-visitor': 'Health visitor',
  'childrens-centre': 'Children’s centre',
  gp: 'GP',
  probation: 'Probation',
  'mental-health': 'Child and adult mental health',
  'drug-and-alcohol': 'Drug and alcohol',
  'benefits-and-employment': 'Benefits and employment',
  other: 'Other service',
} as const;
export type Service = keyof typeof SERVICES;

/** Gender as a source records it. */
export const GENDERS = { female: 'Female', male: 'Male', other: 'Other', 'not-known': 'Not known', 'not-stated': 'Not stated' } as const;
export type Gender = keyof typeof GENDERS;

/**
 * What the *other* record is to the record that states the link, with its inverse.
 * `RelationshipLinked {record: child, other: mother, type: 'parent'}` reads "mother: parent of the child"; seen from the mother, `inverse` names the child.
 */
export const RELATIONSHIPS = {
  parent: { label: 'Parent', inverse: 'child', female: 'Mother', male: 'Father' },
  child: { label: 'Child', inverse: 'parent' },
  'step-parent': { label: 'Step-parent', inverse: 'step-child', female: 'Stepmother', male: 'Stepfather' },
  'step-child': { label: 'Step-child', inverse: 'step-parent', female: 'Stepdaughter', male: 'Stepson' },
  grandparent: { label: 'Grandparent', inverse: 'grandchild', female: 'Grandmother', male: 'Grandfather' },
  grandchild: { label: 'Grandchild', inverse: 'grandparent', female: 'Granddaughter', male: 'Grandson' },
  sibling: { label: 'Sibling', inverse: 'sibling', female: 'Sister', male: 'Brother' },
  'half-sibling': { label: 'Half-sibling', inverse: 'half-sibling', female: 'Half-sister', male: 'Half-brother' },
  'step-sibling': { label: 'Step-sibling', inverse: 'step-sibling', female: 'Stepsister', male: 'Stepbrother' },
  'aunt-or-uncle': { label: 'Aunt or uncle', inverse: 'niece-or-nephew', female: 'Aunt', male: 'Uncle' },
  'niece-or-nephew': { label: 'Niece or nephew', inverse: 'aunt-or-uncle', female: 'Niece', male: 'Nephew' },
  cousin: { label: 'Cousin', inverse: 'cousin' },
  partner: { label: 'Partner', inverse: 'partner' },
  'ex-partner': { label: 'Ex-partner', inverse: 'ex-partner' },
  spouse: { label: 'Spouse', inverse: 'spouse', female: 'Wife', male: 'Husband' },
  'ex-spouse': { label: 'Ex-spouse', inverse: 'ex-spouse', female: 'Ex-wife', male: 'Ex-husband' },
  'foster-carer': { label: 'Foster carer', inverse: 'foster-child' },
  'foster-child': { label: 'Foster child', inverse: 'foster-carer' },
  'private-foster-carer': { label: 'Private foster carer', inverse: 'private-foster-child' },
  'private-foster-child': { label: 'Private foster child', inverse: 'private-foster-carer' },
  'adoptive-parent': { label: 'Adoptive parent', inverse: 'adoptive-child', female: 'Adoptive mother', male: 'Adoptive father' },
  'adoptive-child': { label: 'Adoptive child', inverse: 'adoptive-parent' },
  'special-guardian': { label: 'Special guardian', inverse: 'child-under-special-guardianship' },
  'child-under-special-guardianship': { label: 'Child under special guardianship', inverse: 'special-guardian' },
  'support-carer': { label: 'Support carer', inverse: 'supported-child' },
  'supported-child': { label: 'Supported child', inverse: 'support-carer' },
  'unborn-child': { label: 'Unborn child', inverse: 'parent' },
  'unborn-sibling': { label: 'Unborn sibling', inverse: 'sibling' },
  friend: { label: 'Friend', inverse: 'friend' },
  neighbour: { label: 'Neighbour', inverse: 'neighbour' },
  acquaintance: { label: 'Acquaintance', inverse: 'acquaintance' },
  'in-contact-with': { label: 'In contact with', inverse: 'in-contact-with' },
  other: { label: 'Other', inverse: 'other' },
} as const;
export type RelationshipType = keyof typeof RELATIONSHIPS;

/** What somebody of that gender is to the other: "Mother", and "Parent" where the gender says nothing. @param gender a code, or null */
export function relationshipWords(type: RelationshipType, gender: string | null): string {
  const words: { label: string; female?: string; male?: string } = RELATIONSHIPS[type];
  return (gender === 'female' ? words.female : gender === 'male' ? words.male : undefined) ?? words.label;
}

export const NAME_KINDS = { current: 'Current name', former: 'Former name', alias: 'Also known as' } as const;
export const DATE_PRECISIONS = {
  day: 'Full date',
  month: 'Month and year',
  year: 'Year only',
  expected: 'Expected date of birth',
} as const;
export const ADDRESS_KINDS = {
  home: 'Home',
  previous: 'Previous',
  correspondence: 'Correspondence',
  placement: 'Placement',
  refuge: 'Refuge',
  other: 'Other',
} as const;
export const IDENTIFIER_TYPES = {
  nhs: 'NHS number',
  upn: 'Unique pupil number',
  uln: 'Unique learner number',
  cms: 'Case management system ID',
  'national-insurance': 'National Insurance number',
  other: 'Other identifier',
} as const;
/** How the source marks a record whose existence or whereabouts must be protected. */
export const RESTRICTIONS = { none: 'None', restricted: 'Restricted', sealed: 'Sealed' } as const;
/** What the source says about the quality of a person's details. */
export const DETAIL_FLAGS = {
  'date-of-birth-estimated': 'Date of birth estimated',
  'name-placeholder': 'Placeholder name',
  'address-unconfirmed': 'Address unconfirmed',
} as const;

export const REMOVAL_REASONS = { 'entered-in-error': 'Entered in error', withdrawn: 'Withdrawn by the source' } as const;

/** State of a housing matter (product: services, Housing). */
export const HOUSING_MATTERS = { open: 'Yes, case open', closed: 'Yes, case closed', none: 'No records' } as const;
export const ADMISSION_TYPES = { main: 'Main', secondary: 'Secondary', 'off-site': 'Off-site provision' } as const;
/** The closed list of seven safeguarding offences (product: services, Police). */
export const OFFENCES = {
  homicide: 'Homicide',
  rape: 'Rape',
  'other-sexual-offences': 'Other sexual offences',
  'violence-with-injury': 'Violence with injury',
  'violence-without-injury': 'Violence without injury',
  robbery: 'Robbery',
  'possession-of-weapons': 'Possession of weapons',
} as const;
export const OFFENCE_NATURES = { convict: 'Convicted', suspect: 'Suspected' } as const;
export const NOT_IN_EDUCATION_STATUSES = {
  'seeking-work': 'Seeking education, employment or training',
  'not-available': 'Not available',
  'not-known': 'Not known',
} as const;

/** The codes of a list, as zod wants them. */
export function codesOf<T extends object>(list: T): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(list) as [keyof T & string, ...(keyof T & string)[]];
}
