import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { SETTINGS } from '../../packages/server/src/doctor/bundle/settings-catalogue.ts';
import { pythonWith } from '../python/virtual-environment.ts';
import { buildHelm } from './build-helm.ts';
import { CHART, EXAMPLES, type Example, type Manifest, renderChart, runHelm } from './render-chart.ts';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
/** What the chart sets itself, from values of other names. */
const OWN = /^(HOST|PORT|DATAMAKER_DATA_DIR|DATAMAKER_S3_\w+|DATAMAKER_(RUN|JOB|SCENARIO)_WORKERS|DATAMAKER_SANDBOX)$/;
const MINUTES = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'datamaker-chart-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(() => void buildHelm(), 20 * MINUTES);

const podsOf = (manifests: readonly Manifest[]) =>
  manifests
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ metadata, spec }) => ({
      name: metadata.name,
      pod: spec.template.spec,
      of: spec.template.spec.containers[0],
    }));
const schema = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8'));

describe.each(EXAMPLES)('with the values of %s', (example) => {
  it('Helm finds nothing to complain of', () => {
    const { status, stdout } = runHelm(['lint', '--strict', CHART, '--values', `${CHART}/examples/${example}.yaml`]);
    expect(stdout).not.toContain('[ERROR]');
    expect(stdout).not.toContain('[WARNING]');
    expect(status).toBe(0);
  });

  it('pods have no more than they need', () => {
    const { manifests, told } = renderChart(example);
    expect(told).not.toContain('Error');
    for (const { name, pod, of } of podsOf(manifests)) {
      const isSandbox = pod.hostUsers === false;
      expect(isSandbox, name).toBe(of.args[0] === 'worker' && of.args.join().includes('scenarios'));
      expect(pod, name).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      expect(pod.securityContext, name).toMatchObject({
        runAsNonRoot: true,
        runAsUser: 10001,
        seccompProfile: { type: isSandbox ? 'Unconfined' : 'RuntimeDefault' },
      });
      expect(of.securityContext, name).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
        ...(isSandbox ? { procMount: 'Unmasked' } : {}),
      });
      expect(of.resources.limits.memory, name).toMatch(/Gi$/);
    }
  });

  it('variables are settings, each once, and secrets come from the Secret alone', () => {
    for (const { name, of } of podsOf(renderChart(example).manifests)) {
      const names = of.env.map((variable: { name: string }) => variable.name);
      expect(new Set(names).size, name).toBe(names.length);
      for (const { name: variable, value, valueFrom } of of.env) {
        expect(Object.keys(SETTINGS), name).toContain(variable);
        expect(valueFrom !== undefined, variable).toBe(SETTINGS[variable] === 'secret');
        if (value !== undefined) expect(value, variable).toEqual(expect.any(String));
        else expect(valueFrom.secretKeyRef).toMatchObject({ name: 'datamaker', key: variable });
      }
    }
  });

  it('commands are those of the program, and have time to drain', () => {
    for (const { of, pod } of podsOf(renderChart(example).manifests)) {
      const [command, ...flags] = of.args as string[];
      const help = execFileSync(join(CHECKOUT, 'node_modules/.bin/datamaker'), [command ?? '', '--help'], {
        encoding: 'utf8',
      });
      for (const flag of flags) expect(help).toContain(flag.split('=')[0]);
      const drain = Number(/--drain=(\d+)$/m.exec(flags.join('\n'))?.[1] ?? 10);
      expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(drain + 30);
      const paths = ['startupProbe', 'readinessProbe', 'livenessProbe'].map((probe) => of[probe].httpGet?.path);
      const known = command === 'serve' ? ['/readyz', '/readyz', undefined] : ['/healthz', '/readyz', '/healthz'];
      expect(paths).toEqual(known);
    }
  });
});

describe('Kubernetes takes the objects', () => {
  let python: string;
  beforeAll(async () => {
    python = await pythonWith(new URL('./requirements.txt', import.meta.url));
  }, 5 * MINUTES);

  const validate = (manifests: readonly Manifest[], version: string): string => {
    const path = join(folder, 'objects.yaml');
    // Objects of operators have schemas of their own.
    const built = manifests.filter(({ apiVersion }) => !/coreos|keda/.test(apiVersion));
    writeFileSync(path, built.map((manifest) => stringify(manifest)).join('---\n'));
    const program = join(dirname(python), 'kubernetes-validate');
    const { status, stdout, stderr } = spawnSync(python, [program, '--strict', '-k', version, path], {
      encoding: 'utf8',
    });
    return status === 0 ? '' : `${stdout}${stderr}`;
  };

  it.each(['1.33', '1.37'])(
    'of version %s',
    (version) => {
      const { manifests } = renderChart('object-store', { networkPolicy: { enabled: true } });
      expect(validate([...manifests, ...renderChart('one-pod').manifests], version)).toBe('');
    },
    MINUTES,
  );

  it(
    'and not others',
    () => {
      const manifests = structuredClone(renderChart('one-pod').manifests);
      const [{ pod } = expect.fail('there are no pods')] = podsOf(manifests);
      pod.automountServiceAccountTokens = false;
      expect(validate(manifests, '1.37')).toContain('automountServiceAccountTokens');
    },
    MINUTES,
  );
});

describe('values', () => {
  it.each<[string, object, string]>([
    ['an unknown one', { replica: 2 }, "'replica' not allowed"],
    ['an unknown one inside', { server: { replicaCount: 2 } }, "'replicaCount' not allowed"],
    ['a text for a number', { server: { replicas: '2' } }, 'want integer'],
    ['no Secret', { secretName: '' }, '/secretName'],
    ['a setting that is a secret', { settings: { DATABASE_URL: 'postgres://me:x@db/x' } }, 'DATABASE_URL'],
    ['a setting that the chart sets', { settings: { DATAMAKER_SANDBOX: 'none' } }, 'DATAMAKER_SANDBOX'],
    ['a setting that there is not', { settings: { DATAMAKER_COLOUR: 'red' } }, 'DATAMAKER_COLOUR'],
    ['a lane that there is not', { workers: { general: { lanes: ['seeds'] } } }, '/lanes'],
    ['scenarios without a sandbox', { workers: { a: { lanes: ['scenarios'] } } }, 'does not start without a sandbox'],
    [
      'runs with a sandbox and without',
      { workers: { scenarios: { lanes: ['runs', 'scenarios'] } } },
      'workers.general: takes runs without a sandbox beside workers.scenarios',
    ],
    ['the queue of nobody', { workers: { a: { autoscaling: { kind: 'queue' } } } }, 'autoscaling.prometheus'],
    ['bounds the wrong way', { workers: { a: { autoscaling: { min: 5, max: 2 } } } }, 'autoscaling.min'],
    ['no bucket', { files: { s3: { bucket: '' } } }, 'files.s3.bucket'],
    ['a volume of one node', { files: { kind: 'volume', volume: { accessMode: 'ReadWriteOnce' } } }, 'ReadWriteMany'],
    ['an ingress to nowhere', { ingress: { host: '' } }, 'ingress.host'],
    ['a host that is another thing', { ingress: { host: 'a b"; x: {' } }, '/ingress/host'],
    ['memory that is none', { server: { resources: { limits: { memory: 'much' } } } }, '/memory'],
  ])('refuses %s', (_, values, why) => {
    const { status, told } = renderChart('object-store', values);
    expect(told).toContain(why);
    expect(status).not.toBe(0);
  });

  it('are needed where there is no default', () => {
    expect(runHelm(['template', 'test', CHART])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('secretName'),
    });
  });

  it('take all settings that are no secrets, and no others', () => {
    const settings = Object.entries(SETTINGS).filter(([name, showing]) => showing !== 'secret' && !OWN.test(name));
    expect([...schema.properties.settings.propertyNames.enum].sort()).toEqual(settings.map(([name]) => name).sort());
  });

  it('of the Secret reach the server all, and workers those that they read', () => {
    const secrets = (of: { env: { name: string; valueFrom?: object }[] }) =>
      of.env.filter(({ valueFrom }) => valueFrom !== undefined).map(({ name }) => name);
    const all = Object.keys(SETTINGS).filter((name) => SETTINGS[name] === 'secret');
    for (const { of } of podsOf(renderChart('object-store').manifests)) {
      const known = of.name === 'server' ? all : all.filter((name) => !/API_KEY|MODEL|OIDC|OTEL/.test(name));
      expect(secrets(of).sort()).toEqual(known.sort());
    }
  });

  it('reach the program as they are written', () => {
    const settings = {
      DATAMAKER_ASYNC_ROWS: 10_000_000_000,
      DATAMAKER_MODEL_PRICE_IN: 0.25,
      DATAMAKER_PREINSTALLED: false,
      DATAMAKER_CORS_ORIGINS: 'https://a.example,{{ .Release.Name }} "#\'',
    };
    const [{ of } = expect.fail('there are no pods')] = podsOf(renderChart('one-pod', { settings }).manifests);
    for (const [name, value] of Object.entries(settings)) expect(of.env).toContainEqual({ name, value: String(value) });
  });
});

it.each([
  [0.0000003, '0.0000003'],
  [0.00001234, '0.00001234'],
  [0.1, '0.1'],
  [1234.5678, '1234.5678'],
  [100, '100'],
  [0, '0'],
])('%d reaches the program without an exponent', (value, text) => {
  const settings = { DATAMAKER_MODEL_PRICE_IN: value };
  const [{ of } = expect.fail('there are no pods')] = podsOf(renderChart('one-pod', { settings }).manifests);
  expect(of.env).toContainEqual({ name: 'DATAMAKER_MODEL_PRICE_IN', value: text });
});

it('workers of two releases follow the queues of their own servers', () => {
  const queries = [
    ['a', 'one'],
    ['b', 'one'],
    ['a', 'two'],
  ].map(([release = '', namespace = '']) => {
    const { manifests } = renderChart('object-store', {}, ['--namespace', namespace], release);
    const service = manifests.find(({ kind }) => kind === 'Service')?.metadata.name;
    const { query } = manifests.find(({ kind }) => kind === 'ScaledObject')?.spec.triggers[0].metadata ?? {};
    const selectors = [...query.matchAll(/\{([^}]*)\}/g)].map(([, selector]) => selector);
    const own = `namespace="${namespace}",service="${service}",lane=~"runs|jobs"`;
    expect(selectors).toEqual([own, own]);
    return query;
  });
  expect(new Set(queries).size).toBe(queries.length);
});

it('says whether runs can have Python fields', () => {
  const notes = (example: Example, values = {}) => {
    const flags = ['install', 'test', CHART, '--dry-run=client', '--values', `${CHART}/examples/${example}.yaml`];
    return runHelm([...flags, '--values', '-'], stringify(values)).stdout;
  };
  expect(notes('object-store')).toContain('Runs have no sandbox');
  expect(notes('one-pod')).toContain('Runs have no sandbox');
  const told = notes('shared-volume');
  expect(told).toContain('Keep copies');
  expect(told).not.toContain('Runs have no sandbox');
});

it('a group has what the defaults say where it says nothing, and goes before them where it says no', () => {
  const workerDefaults = { sandbox: true, drainSeconds: 60, nodeSelector: { pool: 'a' } };
  const workers = { general: { sandbox: false, drainSeconds: 0 }, more: { lanes: ['jobs'] } };
  const pods = podsOf(renderChart('object-store', { workerDefaults, workers }).manifests);
  const found = pods.map(({ name, pod }) => [
    name,
    pod.hostUsers,
    pod.terminationGracePeriodSeconds,
    pod.nodeSelector?.pool,
  ]);
  expect(found).toContainEqual(['test-datamaker-general', undefined, 30, 'a']);
  expect(found).toContainEqual(['test-datamaker-more', false, 90, 'a']);
});

it('a server leaves to workers what they take, and works itself where there are none', () => {
  const zeros = (manifests: readonly Manifest[]) =>
    podsOf(manifests)
      .find(({ of }) => of.name === 'server')
      ?.of.env.filter(({ value }: { value?: string }) => value === '0')
      .map(({ name }: { name: string }) => name)
      .sort();
  const [jobs, runs, scenarios] = ['JOB', 'RUN', 'SCENARIO'].map((lane) => `DATAMAKER_${lane}_WORKERS`);
  expect(zeros(renderChart('object-store').manifests)).toEqual([jobs, runs, scenarios]);
  expect(zeros(renderChart('one-pod').manifests)).toEqual([scenarios]);
  const only = { workers: { general: { lanes: ['jobs'] }, scenarios: null } };
  expect(zeros(renderChart('object-store', only).manifests)).toEqual([jobs, scenarios]);
});

it('Prometheus Operator gets the alerts of deploy/prometheus, and names of jobs that they know', () => {
  const { manifests } = renderChart('object-store');
  const spec = (kind: string) => manifests.find((manifest) => manifest.kind === kind)?.spec;
  expect(spec('PrometheusRule')).toEqual(parse(readFileSync(join(CHECKOUT, 'deploy/prometheus/alerts.yml'), 'utf8')));
  const jobs = [...spec('ServiceMonitor').endpoints, ...spec('PodMonitor').podMetricsEndpoints].map(
    ({ relabelings: [{ targetLabel, replacement }] }) => [targetLabel, replacement],
  );
  expect(jobs).toEqual([
    ['job', 'datamaker'],
    ['job', 'datamaker-workers'],
  ]);
});

it('has the version of the packages', () => {
  const chart = parse(readFileSync(join(CHART, 'Chart.yaml'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(CHECKOUT, 'packages/cli/package.json'), 'utf8'));
  expect([chart.version, chart.appVersion]).toEqual([version, version]);
});
