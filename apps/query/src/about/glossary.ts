import { RELATIONSHIPS } from '#lib/events';

export interface Word {
  word: string;
  means: string;
}

/** What the pages' own words mean, in the order of the alphabet. States are explained beside them, services and relationships come from the code lists. */
export const WORDS: readonly Word[] = [
  {
    word: 'Broker',
    means: 'Whom to ring about a sensitive service, of which nothing is shown here about anybody. The broker decides what you may be told.',
  },
  {
    word: 'Case ID',
    means: 'The number under which the case management system knows a person. “Not found” there says nothing about the other databases.',
  },
  {
    word: 'Claim',
    means:
      'What a reader says by “Same person?”: that two people who are shown apart are one. It joins nothing by itself, and lasts until data stewards have decided, or the reader withdraws it.',
  },
  {
    word: 'Confidential address',
    means: 'An address marked so where it is recorded, such as a refuge or a placement. It is shown to nobody.',
  },
  {
    word: 'Covers',
    means: 'The period and the area that the records of a database cover. Anything outside was not looked at.',
  },
  {
    word: 'Data steward',
    means:
      'Somebody who decides whether two records are of one person, where their details leave it open. A steward opens no person’s page.',
  },
  { word: 'Database', means: 'Where a service keeps its records, by the name that its own workers use.' },
  {
    word: 'Desk',
    means: 'The people to ring about a database, by day and out of hours. The desk at the foot of every page answers for everything else.',
  },
  {
    word: 'Doubt',
    means:
      'What a reader says by “Not the same person?”: that a record is of somebody else than the person it is shown with. It lasts until data stewards have decided, or the reader withdraws it.',
  },
  {
    word: 'Exposure',
    means:
      'After two people were wrongly shown as one: the looks in which what is known of one stood under the other. Officers can list them.',
  },
  {
    word: 'Held back',
    means: 'Something was sent that could not be read. It is kept, and shown once it is put right; until then a page may be incomplete.',
  },
  { word: 'Involvement', means: 'A service’s contact with a person, begun and perhaps ended. It is not an opinion about the person.' },
  { word: 'Last updated', means: 'When a database was last heard from. “Covers the period” says how far its records reach.' },
  { word: 'Late', means: 'For longer than agreed, a database has not said that it is complete. What it knew before is shown, as of then.' },
  { word: 'Lead practitioner', means: 'The worker who brings the others together. Ring this person first.' },
  { word: 'Main carer', means: 'The person who looks after the child from day to day, as the case management system records it.' },
  {
    word: 'Match rate',
    means:
      'The share of people in a database of whom the index has found a record in another database too. A low rate may mean that nobody else knows them, or that their records could not be matched.',
  },
  {
    word: 'No address to show',
    means: 'No database holds where they live now, or it may not be shown. The index never says which of the two: ask the desk.',
  },
  { word: 'Parental responsibility', means: 'The rights and duties of a parent in law, as the case management system records them.' },
  {
    word: 'Person',
    means:
      'One individual, put together from the records of several databases. Where that is unsure, the page says so; “Why one person” tells which records and why.',
  },
  { word: 'Practitioner', means: 'The worker who is named on an involvement.' },
  { word: 'Reader', means: 'The worker who looks something up here. Each look is on record with name, role and team.' },
  { word: 'Record', means: 'One person as one database knows them.' },
  {
    word: 'Related individuals',
    means: 'People whom the case management system links to this one. Somebody who is not in the list may be related all the same.',
  },
  {
    word: 'Restricted',
    means: 'Some records are shown to nobody here. A person who is restricted and one who is not in the index look the same.',
  },
  { word: 'Service', means: 'Who is involved: children’s social care, a school, the police. A service may have more than one database.' },
  { word: 'Source', means: 'A database that sends to the index.' },
];

/** Every relationship a link can have, by its label and what it is seen from the other side. */
export function relationshipWords(): Word[] {
  const labels = Object.values(RELATIONSHIPS);
  const inverseOf = (inverse: keyof typeof RELATIONSHIPS) => RELATIONSHIPS[inverse].label.toLocaleLowerCase('en-GB');
  return labels
    .map(({ label, inverse }) => ({
      word: label,
      means:
        label === 'Other' ? 'linked, and not in a way that this list has a word for' : `seen from the other side: ${inverseOf(inverse)}`,
    }))
    .sort((a, b) => a.word.localeCompare(b.word, 'en-GB'));
}
