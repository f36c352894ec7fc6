import type { Authority } from '../authority.js';
import { dayWords } from '../day-words.js';
import { listed } from '../listed-words.js';
import type { InvolvementListed } from '../view-person/involvement-shown.js';
import type { OpenedPanel } from '../view-person/open-panel.query.js';
import { goesToAnalystsAlone } from './panel-changed.js';
import { CATEGORIES, MISSING } from './problem-categories.js';
import { NONE } from './problem-form.js';
import type { ReportForm } from './render-report.js';
import { desksInstead } from './ruled-out.js';

type PanelForm = Omit<ReportForm, 'identity' | 'askedAt' | 'action'>;

/** What the form says of where a report goes, and what there is to choose: of a panel that shows nothing, the same whatever the reason. */
export const panelForm = (opened: OpenedPanel, authority: Authority): PanelForm =>
  goesToAnalystsAlone(opened.panel) ? toAnalysts(opened, authority) : toSources(opened);

function toSources({ panel, involvements }: OpenedPanel): PanelForm {
  const choices = involvements.map(choiceOf);
  const several = [...new Set(involvements.map(({ database }) => database))];
  const databases = listed(several);
  const alone = several.length > 1 ? ' Where you say which of these it is, its database is asked alone.' : '';
  return {
    heading: 'Report a problem with this record',
    goesTo: `${panel.serviceName}: ${databases}. Your report goes to those who answer for ${databases}, and to the data analysts.${alone} Every reader of this panel sees what kind of problem it is and what the answer is.`,
    analystsAlone: false,
    involvements: choices.length > 1 ? [...choices, { value: NONE, text: 'None of these in particular' }] : choices,
    categories: Object.entries(CATEGORIES).map(([value, text]) => ({ value, text, hint: value === 'wrong-person' && { text: WHICH } })),
    desks: panel.sources.map(({ desk }) => desk),
  };
}

/** As the panel shows it, in the same order: who it names, then what tells two of them apart. */
function choiceOf({ id, contact, organisation, school, database, stateWords, openedOn }: InvolvementListed) {
  const who = [contact.name ?? 'No worker is named', contact.role, contact.team, school?.schoolName ?? organisation];
  const since = openedOn && `since ${dayWords(openedOn)}`;
  const which = [database, stateWords, since, contact.phone ?? contact.teamPhone];
  return { value: id, text: said(who), hint: { text: said(which) } };
}

const said = (parts: readonly (string | null | undefined)[]) => parts.filter((part) => part).join(', ');

const WHICH =
  'Where several records make up the person, you are asked on the next page which of them is of somebody else, with what you write here.';

function toAnalysts({ panel }: OpenedPanel, authority: Authority): PanelForm {
  return {
    heading: 'Report that an involvement is missing',
    goesTo: `${panel.serviceName}: ${panel.state.words}. Your report goes to the data analysts alone, and to no source. Every reader of this panel sees that an involvement is said to be missing and what the answer is.`,
    analystsAlone: true,
    categories: [{ value: MISSING, text: CATEGORIES[MISSING] }],
    desks: desksInstead(panel, authority),
  };
}
