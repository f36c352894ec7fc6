import type { Metrics } from '#lib/runtime';

/** How often restricted records were opened past their restriction; never by whom, or whose. */
export class OverrideMeasures {
  private readonly count;

  constructor(metrics: Metrics) {
    this.count = metrics.counter('involvement_overrides_total', 'Restricted records opened by the separate way in.');
  }

  overridden(): void {
    this.count.inc();
  }
}
