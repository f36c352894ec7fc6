/** Readers of the made-up authority, those of its directory and colleagues of theirs. */
export interface MadeUpReader {
  id: string;
  role: string;
  team: string;
}

export const MADE_UP_READERS: readonly MadeUpReader[] = [
  { id: 'amara.okafor', role: 'social-worker', team: 'Assessment East' },
  { id: 'leah.morgan', role: 'social-worker', team: 'Assessment East' },
  { id: 'tom.hughes', role: 'social-worker', team: 'Assessment East' },
  { id: 'joseph.mensah', role: 'social-worker', team: 'Assessment West' },
  { id: 'ruth.baker', role: 'social-worker', team: 'Assessment West' },
  { id: 'priya.nair', role: 'team-manager', team: 'Assessment East' },
  { id: 'dan.whittle', role: 'duty', team: 'Emergency Duty Team' },
  { id: 'grace.lindqvist', role: 'duty', team: 'Emergency Duty Team' },
];
