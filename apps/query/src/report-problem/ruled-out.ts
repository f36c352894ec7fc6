import type { Authority } from '../authority.js';
import type { ServicePanel } from '../view-person/service-panel.js';

/** A rule leaves the service out whatever is known: what is reported of one person would stand at theirs alone, where the same is to stand at everybody's. */
export interface RuledOut {
  ruledOut: string;
}

export const isRefusedByRule = (result: object): result is RuledOut => 'ruledOut' in result;

/** Whom to ring instead: a broker stands in for whatever databases there are. */
export function desksInstead({ service, sources }: Pick<ServicePanel, 'service' | 'sources'>, { services, desk }: Authority) {
  const broker = services.find((rule) => rule.service === service)?.broker;
  if (broker !== undefined) return [broker];
  return sources.length > 0 ? sources.map((source) => source.desk) : [desk];
}

/** "Drug and alcohol is left out here by a rule, whatever is known, so … Ring the Recovery Service duty desk: …" */
export function refusedByRule(panel: ServicePanel, authority: Authority): RuledOut {
  const ring = desksInstead(panel, authority).map(
    ({ name, phone, outOfHoursPhone }) => `${name}: ${phone}, out of hours ${outOfHoursPhone}`,
  );
  return {
    ruledOut: `${panel.serviceName} is left out here by a rule, whatever is known, so nothing can be reported as missing or wrong. Ring ${ring.join('; or ')}.`,
  };
}
