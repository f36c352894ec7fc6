import { Command } from 'nest-commander';
import { MatchClaimsVerb } from '../match/claims.js';
import { MatchDoubtsVerb } from '../match/doubts.js';
import { MatchModelVerb } from '../match/model.js';
import { MatchRecordsVerb } from '../match/records.js';
import { MatchRuleVerb } from '../match/rule.js';
import { VerbFamily } from '../verb.js';

@Command({
  name: 'match',
  description: 'Which records are one person, and why; decides by hand that two are, or are not; and by which model.',
  subCommands: [MatchRecordsVerb, MatchRuleVerb, MatchDoubtsVerb, MatchClaimsVerb, MatchModelVerb],
})
export class MatchVerb extends VerbFamily {
  protected override readonly examples = {
    'match --person 01234567-…': 'the records of a person (short for match records)',
    'match model': 'by which model, and how far another is that was proposed',
    'match rule --one 01234567-… --other 89abcdef-… --decision different --dry-run': 'what they are now, and what would be decided',
  };
}
