import { parser } from '@prometheus-io/lezer-promql';

/** What a query names. */
export interface Query {
  readonly metrics: readonly string[];
  /** Labels that it matches or groups by, with the metrics of the same selector where there is one. */
  readonly labels: readonly string[];
}

/** Reads a query with Prometheus' own grammar. @throws Error that shows where it is no PromQL */
export function readQuery(text: string): Query {
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(text).iterate({
    enter: ({ name, type, from, to }) => {
      const found = text.slice(from, to);
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text.slice(from, from + 40)}`);
      if (name === 'VectorSelector') metrics.push(/^[\w:]*/.exec(found)?.[0] ?? '');
      if (name === 'LabelName') labels.push(found);
    },
  });
  return { metrics, labels };
}
