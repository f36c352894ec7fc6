import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The metrics of one running app, in a registry of its own so that several can run in one process. */
export class Metrics {
  readonly registry = new Registry();

  /** @param app becomes the label `app` of every metric. */
  constructor(app: string) {
    this.registry.setDefaultLabels({ app });
    collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string = never>(name: string, help: string, labels: readonly Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labels], registers: [this.registry] });
  }

  /** @param collect sets it anew whenever somebody asks for the metrics */
  gauge<Label extends string = never>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
    collect?: (gauge: Gauge<Label>) => void,
  ): Gauge<Label> {
    const asked = collect && {
      collect(this: Gauge<Label>) {
        collect(this);
      },
    };
    return new Gauge({ name, help, labelNames: [...labels], registers: [this.registry], ...asked });
  }

  /** @param buckets upper bounds, in the unit the name ends with (seconds). */
  histogram<Label extends string = never>(name: string, help: string, labels: readonly Label[], buckets: number[]): Histogram<Label> {
    return new Histogram({ name, help, labelNames: [...labels], buckets, registers: [this.registry] });
  }
}
