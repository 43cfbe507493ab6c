import { OutboundPolicy } from '@datamaker/connectors';
import type { TraceSettings } from './http/observe/traces.ts';
import type { EnvironmentSettings } from './runner/environments/environment-settings.ts';
import { parseMasterKey } from './security/master-key.ts';
import { PLAN_CHANGES, type PlanChanges } from './services/limits/plan-changes.ts';
import { parsePlans } from './services/limits/plans.ts';
import type { RunSettings } from './services/runs/open-runs.ts';
import type { SandboxChoice } from './services/scenarios/sandbox-door.ts';
import type { ServerOptions } from './start-server.ts';

/** What a settings variable gives; an empty one gives nothing. */
type Readers = Readonly<Record<string, (text: string) => Partial<ServerOptions>>>;

const READERS: Readers = {
  DATAMAKER_PLANS: (text) => ({ plans: parsePlans(text) }),
  DATAMAKER_PLAN_CHANGES: (text) => ({ planChanges: planChangesOf(text) }),
  DATAMAKER_ALLOW_PRIVATE_TARGETS: (text) => ({ privateTargets: rangesOf(text) }),
  DATAMAKER_CORS_ORIGINS: (text) => ({ corsOrigins: listOf(text).map(originOf) }),
  DATAMAKER_HOSTS: (text) => ({ hosts: listOf(text).map(hostOf) }),
  DATAMAKER_MASTER_KEY: (text) => ({ masterKey: keyOf(text) }),
  DATAMAKER_MASTER_KEY_PREVIOUS: (text) => ({ previousMasterKey: keyOf(text) }),
  DATAMAKER_SANDBOX: (text) => ({ sandbox: choiceOf(text) }),
  DATAMAKER_METRICS_TOKEN: (text) => ({ metricsToken: tokenOf(text) }),
};

/** Those of runs are one setting together. */
const RUN_READERS: Readonly<Record<string, (text: string) => RunSettings>> = {
  DATAMAKER_RUN_WORKERS: (text) => ({ workers: wholeNumber(text, 0, 256) }),
  DATAMAKER_JOB_WORKERS: (text) => ({ jobWorkers: wholeNumber(text, 0, 256) }),
  DATAMAKER_SCENARIO_WORKERS: (text) => ({ scenarioWorkers: wholeNumber(text, 0, 256) }),
  DATAMAKER_ASYNC_ROWS: (text) => ({ asyncRows: wholeNumber(text, 0, 1_000_000_000_000) }),
  DATAMAKER_MAX_RUN_BYTES: (text) => ({ maxBytes: wholeNumber(text, 1, 1_000_000_000_000) }),
};

/** Those of packages, too. */
const PACKAGE_READERS: Readonly<Record<string, (text: string) => EnvironmentSettings>> = {
  DATAMAKER_PYPI_INDEX: (text) => ({ index: indexOf(text) }),
  DATAMAKER_PREINSTALLED: (text) => ({ preinstalled: yesOrNo(text) }),
  DATAMAKER_MAX_PACKAGE_BYTES: (text) => ({ maxBytes: wholeNumber(text, 1, 1_000_000_000_000_000) }),
};

/** Settings of the server from variables of the environment. @throws Error whose message begins with the name of the variable */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Partial<ServerOptions> {
  const settings: Partial<ServerOptions> = readAll(READERS, environment);
  const runs = readAll(RUN_READERS, environment);
  const packages = readAll(PACKAGE_READERS, environment);
  const traces = tracesOf(environment);
  return {
    ...settings,
    ...(Object.keys(runs).length === 0 ? {} : { runs }),
    ...(Object.keys(packages).length === 0 ? {} : { environments: packages }),
    ...(traces === undefined ? {} : { traces }),
  };
}

function readAll<T extends object>(
  readers: Readonly<Record<string, (text: string) => T>>,
  environment: Readonly<Record<string, string | undefined>>,
): T {
  const settings = {} as T;
  for (const [name, read] of Object.entries(readers)) {
    const text = environment[name]?.trim() ?? '';
    if (text === '') continue;
    try {
      Object.assign(settings, read(text));
    } catch (error) {
      throw new Error(`${name} cannot be used: ${(error as Error).message}`, { cause: error });
    }
  }
  return settings;
}

function wholeNumber(text: string, least: number, most: number): number {
  if (/^\d{1,13}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
  throw new Error(`it is a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
}

/** It may hold a password, which is in no message. */
function indexOf(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text) && !/\s/.test(text)) return text;
  throw new Error('it is the http or https address of one index, such as https://packages.example.org/simple');
}

function yesOrNo(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Error(`it is true or false, not ${JSON.stringify(text)}`);
}

function choiceOf(text: string): SandboxChoice {
  if (text === 'auto' || text === 'none') return { driver: text };
  throw new Error(`it is auto or none, not ${JSON.stringify(text)}`);
}

function planChangesOf(text: string): PlanChanges {
  const known = PLAN_CHANGES.find((one) => one === text);
  if (known !== undefined) return known;
  throw new Error(`it is ${PLAN_CHANGES.join(' or ')}, not ${JSON.stringify(text)}`);
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function rangesOf(text: string): string[] {
  const ranges = listOf(text);
  // It checks them.
  new OutboundPolicy(ranges);
  return ranges;
}

function originOf(text: string): string {
  if (text === '*' || (URL.canParse(text) && new URL(text).origin === text)) return text;
  throw new Error(`${JSON.stringify(text)} is no origin, such as https://tests.example.org`);
}

function hostOf(text: string): string {
  const name = text.toLowerCase();
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(name)) return name;
  throw new Error(`${JSON.stringify(text)} is no name of a host, such as data.example.org`);
}

function keyOf(text: string): string {
  parseMasterKey(text);
  return text;
}

const MIN_TOKEN_LENGTH = 24;

function tokenOf(text: string): string {
  if (text.length < MIN_TOKEN_LENGTH)
    throw new Error(`it has ${text.length} characters: use at least ${MIN_TOKEN_LENGTH}`);
  return text;
}

/** Where spans go, as the variables of OpenTelemetry say (OpenTelemetry specification, OTLP exporter configuration). */
function tracesOf(environment: Readonly<Record<string, string | undefined>>): TraceSettings | undefined {
  const given = (name: string): string => environment[name]?.trim() ?? '';
  const whole = given('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  const base = given('OTEL_EXPORTER_OTLP_ENDPOINT');
  const url = whole === '' && base !== '' ? `${base.replace(/\/+$/, '')}/v1/traces` : whole;
  if (url === '') return undefined;
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    const name = whole === '' ? 'OTEL_EXPORTER_OTLP_ENDPOINT' : 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
    throw new Error(`${name} cannot be used: it is no http or https URL, such as http://localhost:4318`);
  }
  const pairs = listOf(given('OTEL_EXPORTER_OTLP_HEADERS')).map((pair) => {
    const at = pair.indexOf('=');
    return [pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())] as const;
  });
  return {
    url,
    headers: Object.fromEntries(pairs.filter(([name]) => name !== '')),
    serviceName: given('OTEL_SERVICE_NAME') || 'datamaker',
  };
}
