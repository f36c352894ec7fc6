import { Command } from 'nest-commander';
import { SettingsApplyVerb } from '../settings/apply.js';
import { SettingsDiffVerb } from '../settings/diff.js';
import { SettingsListVerb } from '../settings/list.js';
import { VerbFamily } from '../verb.js';

@Command({
  name: 'settings',
  description: 'Every version of the authority’s settings: list, diff, apply. Who changed what, and why, is on record.',
  subCommands: [SettingsListVerb, SettingsDiffVerb, SettingsApplyVerb],
})
export class SettingsVerb extends VerbFamily {
  protected override readonly examples = {
    settings: 'all versions, newest first (short for settings list)',
    'settings diff': 'what the newest version changed, field by field',
    'settings apply new.json --reason "adult social care from 15"': 'checks it, keeps it, puts it in place',
  };
}
