import type { Role } from '../sign-in/reader.js';
import { isComplete, type Purpose } from './purpose.js';

/** How the reader stands to whom or what is asked for. For the audit: to whose looks they are. */
export const RELATIONSHIPS = ['caseload', 'referral-queue', 'own-team', 'none'] as const;
export type Relationship = (typeof RELATIONSHIPS)[number];

/** What lies on the person. `declared-known`: it is on record that this reader knows them. Nobody is known by a directory to be themself (decision 0049). */
export const RESTRICTIONS = ['none', 'restricted', 'declared-known'] as const;
export type Restriction = (typeof RESTRICTIONS)[number];

export interface Facts {
  role: Role;
  data: DataClass;
  relationship: Relationship;
  purpose: Purpose | null;
  restriction: Restriction;
  /** The reader came by the separate way in to restricted people, past its warning. */
  override: boolean;
}

export type Code =
  /** Allowed. */
  | 'role'
  | 'caseload'
  | 'referral-queue'
  | 'own-team'
  | 'reason-given'
  | 'overridden'
  /** Allowed once a reason is on record. */
  | 'reason-needed'
  | 'override-needs-reason'
  /** Denied. */
  | 'not-this-role'
  | 'another-team'
  | 'knows-this-person'
  | 'restricted';

export interface Verdict {
  outcome: 'allow' | 'allow-with-reason' | 'deny';
  code: Code;
}

/** `case`: by how the reader stands to the person. `team`: the own team's alone. */
type Grant = 'yes' | 'reason' | 'case' | 'team';
type Row = Partial<Record<Role, Grant>>;

/** Who may have what. Deny by default: a role that does not stand in a row has no right to it. */
const CASE_WORK: Row = { 'social-worker': 'case', 'team-manager': 'case', duty: 'case' };
const TABLE = {
  search: { 'social-worker': 'yes', 'team-manager': 'yes', duty: 'yes' },
  /** The separate way in to restricted people. */
  'restricted-records': { 'team-manager': 'yes' },
  'basic-details': CASE_WORK,
  relationships: CASE_WORK,
  contacts: CASE_WORK,
  /** A service's panel. Which services have one that opens is the authority's setting, the same for every reader and person (view-person/panels-of.ts). */
  panel: CASE_WORK,
  audit: { 'ig-officer': 'yes', 'team-manager': 'team' },
  'audit-terms': { 'ig-officer': 'reason' },
  operations: { operations: 'yes' },
  /** Read alone: they are applied by a command, with a reason. */
  settings: { administrator: 'yes' },
  'data-quality': { 'source-publisher': 'yes' },
  /** What became of what a source sent: of the own sources alone, but for operations. */
  'own-sources': { 'source-publisher': 'yes', operations: 'yes' },
  /** To send, confirm and approve files of the own sources. */
  'source-files': { 'source-publisher': 'yes' },
  /** Two records side by side, and whether they are one person; of nobody restricted, and no family page. */
  matching: { 'data-steward': 'yes' },
} as const satisfies Record<string, Row>;
export type DataClass = keyof typeof TABLE;
export const DATA_CLASSES = Object.keys(TABLE) as DataClass[];

/** Whether it depends on how the reader stands to the person. */
export const goesByCase = (data: DataClass): boolean => TABLE[data] === CASE_WORK;

/** Of whoever works with families: outside one's cases and referrals a reason is asked, but a manager's own team's are their own. */
const BY_CASE = {
  caseload: { everybody: 'yes' },
  'referral-queue': { everybody: 'yes' },
  'own-team': { everybody: 'reason', 'team-manager': 'yes' },
  none: { everybody: 'reason' },
} as const satisfies Record<Relationship, { everybody: 'yes' | 'reason' } & Partial<Record<Role, 'yes' | 'reason'>>>;

/** The one place where it is decided whether a reader may have something. Everything that plays a part is handed in. */
export function decide(facts: Facts): Verdict {
  const row: Row = TABLE[facts.data] ?? {};
  const grant = Object.hasOwn(row, facts.role) ? row[facts.role] : undefined;
  if (grant === undefined) return deny('not-this-role');
  if (grant === 'case') return byCase(facts);
  if (grant === 'team') return facts.relationship === 'own-team' ? allow('own-team') : deny('another-team');
  return grant === 'yes' ? allow('role') : withReason(facts, 'reason-given', 'reason-needed');
}

function byCase(facts: Facts): Verdict {
  const { role, relationship, restriction, override } = facts;
  const rule: Partial<Record<Role, string>> & { everybody: string } = BY_CASE[relationship];
  const needs = rule[role] ?? rule.everybody;
  if (restriction === 'declared-known') return deny('knows-this-person');
  const overriding = restriction === 'restricted';
  if (overriding && !(override && role in TABLE['restricted-records'])) return deny('restricted');
  if (overriding) return withReason(facts, 'overridden', 'override-needs-reason');
  return needs === 'yes' ? allow(relationship as Code) : withReason(facts, 'reason-given', 'reason-needed');
}

function withReason({ purpose }: Facts, given: Code, needed: Code): Verdict {
  return isComplete(purpose) ? allow(given) : { outcome: 'allow-with-reason', code: needed };
}

const allow = (code: Code): Verdict => ({ outcome: 'allow', code });
const deny = (code: Code): Verdict => ({ outcome: 'deny', code });
