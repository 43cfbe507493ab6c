import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { serveHealth } from '../../packages/server/src/services/workers/serve-health.ts';
import { startOn, type TestServer } from '../../packages/server/src/testing/servers.ts';
import { readQuery } from './promql.ts';
import { renderChart } from './render-chart.ts';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const TOKEN = 'a token of 24 characters';
/** What Prometheus makes itself, and labels that it adds; the last two on Kubernetes, of the target. */
const OF_PROMETHEUS = { metrics: ['up'], labels: ['job', 'instance', 'le', 'namespace', 'service'] };

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
}
interface Trigger {
  readonly metadata: { readonly query: string };
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const textOf = (...path: string[]): string => readFileSync(join(CHECKOUT, ...path), 'utf8');
const { groups } = parse(textOf('deploy/prometheus/alerts.yml')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);
const { panels } = JSON.parse(textOf('deploy/grafana/datamaker.json')) as { panels: Panel[] };
/** As Grafana fills them in. */
const filled = (expr: string): string => expr.replaceAll('$__rate_interval', '1m').replaceAll('$job', 'datamaker.*');

let server: TestServer;
let served: { readonly metrics: ReadonlySet<string>; readonly labels: ReadonlySet<string> };
beforeAll(async () => {
  server = await startOn('external', { metricsToken: TOKEN });
  await server.client.get('/templates/tmpl_none');
  const store = await server.openDatabase();
  const lanes = { runs: { working: 1, atOnce: 2, taken: 3 } };
  const worker = await serveHealth({ host: '127.0.0.1', port: 0 }, store, () => ({ isDraining: false, lanes }));
  try {
    const ofWorker = await (await fetch(`${worker.url}/metrics`)).text();
    const text = `${(await server.client.as(TOKEN).get('/metrics')).text}\n${ofWorker}`;
    const names = [...text.matchAll(/^(?:# TYPE )?([a-z_]\w*)/gm)].map(([, name = '']) => name);
    const labels = [...text.matchAll(/[{,]([a-z_]+)="/g)].map(([, name = '']) => name);
    served = { metrics: new Set(names), labels: new Set(labels) };
  } finally {
    await worker.close();
    await store.destroy();
  }
});
afterAll(() => server?.close());

/** What a query names that nobody serves. */
function unknownIn(expr: string): string[] {
  const { metrics, labels } = readQuery(filled(expr));
  return [
    ...metrics.filter((name) => !served.metrics.has(name) && !OF_PROMETHEUS.metrics.includes(name)),
    ...labels.filter((name) => !served.labels.has(name) && !OF_PROMETHEUS.labels.includes(name)),
  ];
}

it('tells queries that name what nobody serves, or are none', () => {
  expect(unknownIn('sum by (lane) (datamaker_queue_depth{colour="red"})')).toEqual(['datamaker_queue_depth', 'colour']);
  expect(() => readQuery('sum by (lane (datamaker_queue_waiting)')).toThrow('no PromQL');
  expect(() => readQuery('rate(datamaker_http_errors_total[5m]')).toThrow('no PromQL');
});

describe('alerts', () => {
  it('are about metrics that servers and workers serve', () => {
    for (const { alert, expr } of alerts) expect(unknownIn(expr), alert).toEqual([]);
    expect(alerts.length).toBeGreaterThan(10);
  });

  it('say how bad it is, what, and where to read on', () => {
    for (const { alert, labels, annotations, for: pause = '0m' } of alerts) {
      expect(alert).toMatch(/^Datamaker[A-Z][A-Za-z]+$/);
      expect(['critical', 'warning', 'info'], alert).toContain(labels.severity);
      expect(annotations.summary, alert).toMatch(/\w{3}/);
      expect(annotations.runbook_url, alert).toBe(`docs/how-to/runbook.md#${alert.toLowerCase()}`);
      expect(pause, alert).toMatch(/^\d+[mh]$/);
    }
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it('have a section each in the runbook, which says what to do and has no other', () => {
    const [, ...sections] = textOf('docs/how-to/runbook.md').split(/^## /m);
    expect(sections.map((section) => section.split('\n', 1)[0])).toEqual(alerts.map(({ alert }) => alert));
    for (const section of sections) expect(section).toMatch(/^- Look: [\s\S]*^- Mend: /m);
  });

  it('are read by the configuration beside them', () => {
    const { rule_files, scrape_configs } = parse(textOf('deploy/prometheus/prometheus.yml'));
    expect(rule_files).toEqual(['alerts.yml']);
    for (const { job_name } of scrape_configs) expect(job_name).toMatch(/^datamaker/);
  });
});

it('the chart scales workers by metrics that servers serve', () => {
  const scaled = renderChart('object-store').manifests.filter(({ kind }) => kind === 'ScaledObject');
  const queries = scaled.flatMap(({ spec }) => spec.triggers.map((trigger: Trigger) => trigger.metadata.query));
  expect(queries).toHaveLength(1);
  for (const query of queries) expect(unknownIn(query)).toEqual([]);
  // Long where Helm is not built yet.
}, 1_200_000);

describe('the dashboard', () => {
  it('draws metrics that servers and workers serve', () => {
    const targets = panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ title, ...target })));
    expect(targets.length).toBeGreaterThan(20);
    for (const { title, expr, legendFormat } of targets) {
      expect(unknownIn(expr), title).toEqual([]);
      const grouped = readQuery(filled(expr)).labels;
      for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
        expect(['instance', ...grouped]).toContain(label);
    }
  });

  it('has panels that do not cover each other', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos, title } of panels) expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });
});
