import type { InvolvementDescription } from '#lib/events';
import { landline } from '../identifiers/telephone.js';
import { nameAPerson } from '../names/name-a-person.js';
import { ORIGINS } from '../names/origins.js';
import type { Random } from '../random.js';
import { withoutMarks } from '../spelling/letters.js';

export type Practitioner = NonNullable<InvolvementDescription['practitioner']>;

/** The people of one service who work together, and the number that outlives them. */
export interface Team {
  organisation: string;
  name: string;
  phone: string;
  workers: readonly Practitioner[];
}

export interface TeamPlan {
  organisation: string;
  name: string;
  /** The domain of their e-mail addresses, always under `.example`. */
  domain: string;
  roles: readonly string[];
  workers: number;
  outOfHours?: { name: string; phone: string };
  /** Workers whose names are known beforehand: those who can sign in to the development stack. */
  known?: readonly { name: [given: string, family: string]; role: string }[];
  /** Whether they sign in to the index, so that their involvements make a caseload. */
  readers?: boolean;
}

/** Fills a team with people. */
export function staffTeam(plan: TeamPlan, chance: Random): Team {
  const phone = landline(chance.int(200, 999));
  const { domain, outOfHours, readers: reader = false } = plan;
  const known = (plan.known ?? []).map(({ name, role }) =>
    practitioner(name, { role, phone: landline(chance.int(200, 999)), domain, outOfHours, reader }),
  );
  const others = Array.from({ length: plan.workers - known.length }, () => worker(plan, chance));
  return { organisation: plan.organisation, name: plan.name, phone, workers: [...known, ...others] };
}

function worker({ domain, roles, outOfHours, readers }: TeamPlan, chance: Random): Practitioner {
  const origin = chance.weighted(ORIGINS.map((origin) => [origin, origin.share] as const));
  const { given, family } = nameAPerson(origin, chance.chance(0.7) ? 'female' : 'male', chance);
  return practitioner(
    [given[0]!, family].filter((name) => name !== null),
    {
      role: chance.pick(roles),
      phone: landline(chance.int(200, 999)),
      domain,
      outOfHours,
      reader: readers ?? false,
    },
  );
}

function practitioner(
  names: readonly string[],
  o: { role: string; phone: string; domain: string; outOfHours?: TeamPlan['outOfHours']; reader: boolean },
): Practitioner {
  const account = names
    .map((name) =>
      withoutMarks(name)
        .toLowerCase()
        .replace(/[^a-z]/g, ''),
    )
    .join('.');
  return {
    name: names.join(' '),
    role: o.role,
    phone: o.phone,
    email: `${account}@${o.domain}`,
    outOfHoursPhone: o.outOfHours?.phone ?? null,
    outOfHoursName: o.outOfHours?.name ?? null,
    readerId: o.reader ? account : null,
  };
}
