import type { ServicePanel } from '../view-person/service-panel.js';

/** Since the form was read, something has come to be shown, or nothing is any more: the report would go to others than it said. */
export interface PanelChanged {
  panelChanged: true;
}

export const isPanelChanged = (result: object): result is PanelChanged => 'panelChanged' in result;

/** Of a panel that shows nothing the data analysts are asked alone; of any other its sources are. */
export const goesToAnalystsAlone = ({ canOpen }: Pick<ServicePanel, 'canOpen'>): boolean => !canOpen;

/** @param said whether the reader was told that it goes to the data analysts alone; undefined: they were told nothing */
export const hasChanged = (said: boolean | undefined, panel: Pick<ServicePanel, 'canOpen'>): boolean =>
  said !== undefined && said !== goesToAnalystsAlone(panel);

export const CHANGED = 'The panel has changed since you opened this form. Read where your report goes now, and send it again';
