import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, '..', '..', '..', 'node_modules', '.cache');
export const templateFile = join(here, '..', 'customer.template.json');

/** One program that makes the rows of the template; its arguments are a path, a number of rows and a number of threads. */
export interface Contender {
  readonly name: string;
  /** The column of the table: which rival this is, whatever its threads. */
  readonly peer: string;
  readonly command: readonly string[];
  readonly threads: number;
  /** Rows that take it one to two seconds. */
  readonly rows: number;
  /** What it does not do and why it still may be compared: all of it must be less work. By column. */
  readonly lighter?: Readonly<Record<string, string>>;
  /** Makes it runnable; gives the reason when that cannot be done. */
  readonly prepare?: () => string | undefined;
}

const python = join(cache, 'bench-venv', 'bin', 'python');
const limit = join(cache, 'bench-limit');
export const seedfaker = join(cache, 'bench-seedfaker', 'bin', 'seedfaker');
const SEEDFAKER_VERSION = '0.4.0-alpha.1';
const script = (name: string): string => join(here, name);

/** Runs a step of a preparation; gives the end of what it complained about when it fails. */
function step(command: string, ...args: string[]): string | undefined {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status === 0) return undefined;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
  return `\`${command} ${args.slice(0, 3).join(' ')}\` failed: ${reason}`;
}

function prepareVenv(): string | undefined {
  const made = existsSync(python) ? undefined : step('python3', '-m', 'venv', join(cache, 'bench-venv'));
  return made ?? step(python, '-m', 'pip', 'install', '--quiet', '-r', script('requirements.txt'));
}

function prepareSeedfaker(): string | undefined {
  if (existsSync(seedfaker)) return undefined;
  const version = ['seedfaker', '--version', SEEDFAKER_VERSION];
  return step('cargo', 'install', '--locked', '--quiet', '--root', join(cache, 'bench-seedfaker'), ...version);
}

function prepareLimit(): string | undefined {
  return (
    step(process.execPath, '--conditions=datamaker-source', script('c/write-tables.ts'), join(cache, 'tables.h')) ??
    step('gcc', '-O3', '-march=native', '-I', cache, '-o', limit, script('c/limit.c'))
  );
}

const node = (file: string): string[] => [process.execPath, script(file)];
const LIGHTER = {
  id: 'its sequences start at 0',
  signup_at: 'its timestamps have no milliseconds',
  balance: 'it has no normal distribution: uniform instead',
  country_code: 'that of its one locale in every row',
  iban: 'its check digits are not those of ISO 7064',
  note: 'its sentences have 4 to 12 words',
};

/** Everything that is measured, our own first. */
export const contenders: readonly Contender[] = [
  { name: 'DataMaker', peer: 'datamaker', command: node('datamaker.ts'), threads: 1, rows: 48_000_000 },
  { name: 'DataMaker, 2 threads', peer: 'datamaker', command: node('datamaker.ts'), threads: 2, rows: 96_000_000 },
  { name: 'C, the limit', peer: 'c', command: [limit], threads: 1, rows: 24_000_000, prepare: prepareLimit },
  {
    name: 'seedfaker',
    peer: 'seedfaker',
    command: ['python3', script('seedfaker_rows.py')],
    threads: 1,
    rows: 600_000,
    lighter: LIGHTER,
    prepare: prepareSeedfaker,
  },
  { name: 'DuckDB', peer: 'duckdb', command: node('duckdb.ts'), threads: 1, rows: 300_000 },
  { name: 'DuckDB, 2 threads', peer: 'duckdb', command: node('duckdb.ts'), threads: 2, rows: 500_000 },
  { name: '@faker-js/faker', peer: 'faker', command: node('faker.ts'), threads: 1, rows: 40_000 },
  {
    name: 'Mimesis',
    peer: 'mimesis',
    command: [python, script('mimesis_rows.py')],
    threads: 1,
    rows: 15_000,
    prepare: prepareVenv,
  },
  {
    name: 'Faker (Python)',
    peer: 'python-faker',
    command: [python, script('faker_rows.py')],
    threads: 1,
    rows: 5_000,
    prepare: prepareVenv,
  },
];
