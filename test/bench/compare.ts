import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkWork } from './check-work.ts';
import { type Contender, contenders } from './contenders/contenders.ts';
import { measureContender, type Run } from './measure-contender.ts';
import { type Options, wanted } from './options.ts';

export interface Compared {
  readonly contender: Contender;
  /** Why there are no runs. */
  readonly absent?: string;
  /** What it does otherwise than asked, by column. */
  readonly deviations: Readonly<Record<string, string>>;
  /** Whether its ratio may be quoted: it does the same work, or less of it in our disfavour. */
  readonly comparable: boolean;
  /** One a round: CSV to a null device, and to a file. */
  readonly device: readonly Run[];
  readonly file: readonly Run[];
}

type Entry = Omit<Compared, 'absent'> & { absent?: string; readonly device: Run[]; readonly file: Run[] };

const SAMPLE = 5000;
/** Peers whose run to a file is a target; the others' would only cost time. */
const TO_FILE = ['datamaker', 'c', 'seedfaker', 'duckdb'];
/** Rows of a run to a file: about a gigabyte. */
const FILE_ROWS = 3_000_000;

/** Runs the peers in turns, so that whatever the machine does meanwhile hits them alike. */
export function compare(options: Options, log: (line: string) => void): Compared[] {
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-bench-'));
  const path = join(folder, 'rows.csv');
  try {
    const ready = contenders
      .filter(({ peer }) => wanted(options, peer))
      .map((contender) => enter(contender, path, log));
    for (let round = 1; round <= options.rounds; round++) {
      for (const entry of ready.filter(({ absent }) => absent === undefined)) {
        log(`round ${round}: ${entry.contender.name}`);
        const failed = attempt(() => takeTurn(entry, path, options));
        if (failed !== undefined) entry.absent = failed;
      }
    }
    return ready;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One run to a null device and, where that is asked about, one to a file. */
function takeTurn({ contender, device, file }: Entry, path: string, { quick }: Options): void {
  const rows = Math.ceil(contender.rows / (quick ? 10 : 1));
  device.push(measureContender(contender, '/dev/null', rows));
  if (!TO_FILE.includes(contender.peer)) return;
  file.push(measureContender(contender, path, Math.min(rows, FILE_ROWS)));
  rmSync(path, { force: true });
}

/** Prepares a contender and checks a sample of its work. */
function enter(contender: Contender, path: string, log: (line: string) => void): Entry {
  log(`preparing and checking ${contender.name}`);
  const entry = { contender, deviations: {}, comparable: false, device: [] as Run[], file: [] as Run[] };
  const absent = contender.prepare?.() ?? attempt(() => measureContender(contender, path, SAMPLE));
  if (absent !== undefined) return { ...entry, absent };
  const found = checkWork(readFileSync(path, 'utf8'));
  rmSync(path, { force: true });
  const { lighter = {} } = contender;
  const deviations = Object.fromEntries(
    Object.entries(found).map(([column, wrong]) => [column, lighter[column] ?? `FAILED: ${wrong}`]),
  );
  return { ...entry, deviations, comparable: Object.keys(found).every((column) => column in lighter) };
}

/** The reason why a task failed, if it did. */
function attempt(task: () => unknown): string | undefined {
  try {
    task();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
