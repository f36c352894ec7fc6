import type { ServiceShown } from '../authority.js';
import { NOT_CHECKED } from '../view-person/service-panel.js';

type Reason = (typeof NOT_CHECKED)[number];

const NO_REPORT = 'You can’t report a missing involvement there: a report shown beside one person alone would give something away.';

/** What stands behind each "Not checked", for the page that a panel's "Why, and whom to ask" leads to. */
const WHY_NOT_CHECKED: Record<Reason, { title: string; why: string }> = {
  'age-rule': { title: 'An age rule', why: `The service is shown only at ages where it has been agreed to be needed. ${NO_REPORT}` },
  'age-not-known': {
    title: 'Age not known',
    why: `There is an age rule, and the date of birth held does not say on which side of it the person is. ${NO_REPORT}`,
  },
  'out-of-area': {
    title: 'Out of area',
    why: 'Its database keeps no records of the place where the person lives, as far as that is known. Ask the same service there.',
  },
  'no-agreement': { title: 'No agreement', why: `The service and the authority have not agreed to share this. ${NO_REPORT}` },
  'ask-the-broker': {
    title: 'A broker is to be rung',
    why: `The service is a sensitive one. The same is said here of everybody, known to it or not; its broker decides what you may be told. ${NO_REPORT}`,
  },
  'known-to-you': {
    title: 'You know this person',
    why: 'You have said so, and what services know of them is closed to you. A colleague can look.',
  },
  'too-few-details': { title: 'Too few details', why: 'Not enough is known of the person to look for them there.' },
  'wrong-match-awaiting-review': {
    title: 'A possible wrong match awaiting review',
    why: 'A reader has said that a record there may be of another person. What it says is not shown here until a data steward has looked.',
  },
  'match-awaiting-review': {
    title: 'A possible match awaiting review',
    why: 'A record there may be this person’s: a number of theirs stands on it, or name and date of birth or home are like theirs. Until someone has decided, it is not shown as theirs. Data stewards are asked where enough agrees; if you know that it is theirs, say so under “Why one person”.',
  },
  'match-by-name-alone': {
    title: 'A possible match by name alone',
    why: 'A record there has this person’s name, no date of birth and another home, or none. Too little to ask data stewards, and too much to say that nothing was found. Ring the service; if you know that the record is theirs, say so under “Why one person”.',
  },
  'matching-pending': { title: 'Matching not finished', why: 'Records have arrived from there that have not been matched to people yet.' },
  'held-back': {
    title: 'Data held back',
    why: 'Something was sent that could not be read. It is kept, and will be shown once it is put right.',
  },
  'source-late': { title: 'A late source', why: 'The database has not been heard from as agreed, so what it knows now can’t be said.' },
  'source-dropped': {
    title: 'Far fewer records than before',
    why: 'Its database holds far fewer records, or open involvements, than a day before. Some may be missing until someone has looked.',
  },
  'no-coverage': {
    title: 'Nobody has said how far it sees',
    why: 'Its database sends nothing yet, or has not said that its records reach today.',
  },
};

/** Of a service of which nothing is ever shown one reason holds, and always: no other is said. */
const ALWAYS: Partial<Record<ServiceShown['display'], Reason>> = { broker: 'ask-the-broker', 'no-agreement': 'no-agreement' };

/** The reasons there may be for a service, by how it is displayed. */
export function whyNotChecked(display: ServiceShown['display']): { code: Reason; title: string; why: string }[] {
  const always = ALWAYS[display];
  const reasons = always ? [always] : NOT_CHECKED.filter((code) => !Object.values(ALWAYS).includes(code));
  return reasons.map((code) => ({ code, ...WHY_NOT_CHECKED[code] }));
}
