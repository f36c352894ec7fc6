import { SERVICES } from '#lib/events';
import type { Authority } from '../authority.js';
import { carefulSources, isToldWithCare } from '../compare-records/careful-sources.js';
import { type OwnedRecord, SENSITIVE } from './record-label.js';

/** Services that are matched with care and of which readers are told, by name. */
export const carefulServices = ({ services }: Pick<Authority, 'services'>): string[] =>
  services.filter(({ matchedWithCare, display }) => matchedWithCare && display === 'shown').map(({ service }) => SERVICES[service]);

/** Whether another record than these two is what asks for care: the two alone, which are all that a steward is shown, would not say why. */
export const isCarefulByAnother = (sides: readonly OwnedRecord[], authority: Authority): boolean =>
  !sides.some((side) => isCareful(side, authority)) && sides.some(({ person }) => isToldWithCare(person, authority));

/** Of which of the two a further record asks for care. Which service's it is stays untold: a steward is shown these two. */
export function carefulWords(sides: readonly OwnedRecord[], authority: Authority): string | null {
  if (!isCarefulByAnother(sides, authority)) return null;
  const whose = sides.map(({ person }, at) => (isToldWithCare(person, authority) ? WHOSE[at] : null)).filter((one) => one !== null);
  const theirs = whose.length === 1 ? `The person of the ${whose[0]} record has` : 'The people of both records have';
  return `${theirs} a further record, of a service that is matched with care. What you decide brings that record along.`;
}

const WHOSE = ['first', 'second'];

const isCareful = ({ record, label }: OwnedRecord, authority: Authority): boolean =>
  label !== SENSITIVE && carefulSources(authority).includes(record.source);
