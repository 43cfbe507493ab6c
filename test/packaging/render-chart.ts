import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments, stringify } from 'yaml';
import { buildHelm } from './build-helm.ts';

/** The folder of the chart. */
export const CHART = fileURLToPath(new URL('../../deploy/helm/datamaker', import.meta.url));

/** Examples of values beside the chart. */
export const EXAMPLES = ['one-pod', 'object-store', 'shared-volume'] as const;
export type Example = (typeof EXAMPLES)[number];

/** An object of Kubernetes, as far as tests look into it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own
  readonly spec: any;
}

export interface Rendered {
  readonly status: number | null;
  /** What it says when it refuses. */
  readonly told: string;
  readonly text: string;
  readonly manifests: readonly Manifest[];
}

/** What Helm makes of the chart with an example's values, and others that go before them. @param release its name */
export function renderChart(
  example: Example,
  values: object = {},
  flags: readonly string[] = [],
  release = 'test',
): Rendered {
  const args = ['template', release, CHART, '--values', `${CHART}/examples/${example}.yaml`, '--values', '-', ...flags];
  const { status, stdout, stderr } = runHelm(args, stringify(values));
  const parts = status === 0 ? parseAllDocuments(stdout).map((part) => part.toJS() as Manifest | null) : [];
  return { status, told: stderr, text: stdout, manifests: parts.filter((part) => part !== null) };
}

/** Runs Helm without any settings of this machine. */
export function runHelm(args: readonly string[], input = '') {
  const nowhere = { HELM_CACHE_HOME: '/nowhere', HELM_CONFIG_HOME: '/nowhere', HELM_DATA_HOME: '/nowhere' };
  const env = { PATH: process.env.PATH, ...nowhere };
  return spawnSync(buildHelm(), args, { encoding: 'utf8', input, env, maxBuffer: 64 << 20 });
}
