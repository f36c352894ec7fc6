import type { Authority } from '../authority.js';
import { listed } from '../listed-words.js';
import type { OpenedPanel } from '../view-person/open-panel.query.js';
import { goesToAnalystsAlone } from './panel-changed.js';
import { CATEGORIES, MISSING } from './problem-categories.js';
import type { ReportForm } from './render-report.js';

type PanelForm = Omit<ReportForm, 'identity' | 'action'>;

/** What the form says of where a report goes, and what there is to choose: of a panel that shows nothing, the same whatever the reason. */
export const panelForm = (opened: OpenedPanel, authority: Authority): PanelForm =>
  goesToAnalystsAlone(opened.panel) ? toAnalysts(opened, authority) : toSources(opened);

function toSources({ panel, involvements }: OpenedPanel): PanelForm {
  const databases = listed([...new Set(involvements.map(({ database }) => database))]);
  return {
    heading: 'Report a problem with this record',
    goesTo: `${panel.serviceName}: ${databases}. Your report goes to those who answer for ${databases}, and to the data analysts. Every reader of this panel sees what kind of problem it is and what the answer is.`,
    analystsAlone: false,
    categories: Object.entries(CATEGORIES).map(([value, text]) => ({ value, text, hint: value === 'wrong-person' && { text: WHICH } })),
    desks: panel.sources.map(({ desk }) => desk),
  };
}

const WHICH = 'Where several records make up the person, you are asked on the next page which of them is of somebody else.';

function toAnalysts({ panel }: OpenedPanel, { services, desk }: Authority): PanelForm {
  const broker = services.find(({ service }) => service === panel.service)?.broker;
  const desks = panel.sources.map((source) => source.desk);
  return {
    heading: 'Report that an involvement is missing',
    goesTo: `${panel.serviceName}: ${panel.state.words}. Your report goes to the data analysts alone, and to no source. Every reader of this panel sees that an involvement is said to be missing and what the answer is.`,
    analystsAlone: true,
    categories: [{ value: MISSING, text: CATEGORIES[MISSING] }],
    // A broker stands in for whatever databases there are.
    desks: broker !== undefined ? [broker] : desks.length > 0 ? desks : [desk],
  };
}
