import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { removeTree } from './remove-tree.ts';

/** How often a process says that it lives, to those who cannot see it. */
const BEAT_MS = 60_000;
/** Who has said nothing for so long has died, whichever host it was on. */
const SILENCE_MS = 15 * BEAT_MS;

/**
 * A folder that one process has for itself, in a folder that several share: those of processes that died are cleared away by the next one, those of the living
 * never. Processes of this machine are looked at; others, as in another container or on another host that has the same disk, are known by when
 * something was last made in their folder.
 */
export class ProcessFolder {
  readonly path: string;
  readonly #beating: NodeJS.Timeout;

  private constructor(path: string) {
    this.path = path;
    this.#beating = setInterval(() => void beat(path).catch(() => undefined), BEAT_MS);
    this.#beating.unref();
  }

  /** Makes the folder of this process below a folder, and clears away what dead ones left there. */
  static async open(parent: string): Promise<ProcessFolder> {
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const path = join(parent, `${process.pid}-${startOfProcess(process.pid) ?? 0}-${PLACE}-${randomUUID()}`);
    await mkdir(path, { mode: 0o700 });
    // By the clock of the disk, which is one for all.
    const now = (await stat(path)).mtimeMs;
    for (const name of await readdir(parent)) {
      if (join(parent, name) !== path && (await isLeft(parent, name, now))) await removeTree(join(parent, name));
    }
    return new ProcessFolder(path);
  }

  /** Removes it. */
  async close(): Promise<void> {
    clearInterval(this.#beating);
    await removeTree(this.path);
  }
}

/** Changes the time of a folder, by the clock of the disk. */
const beat = async (path: string): Promise<void> => rmdir(await mkdtemp(join(path, '.alive-')));

/** Whether nobody has it any more. Names of earlier versions tell of a process only. */
async function isLeft(parent: string, name: string, now: number): Promise<boolean> {
  const [pid = '', started = '', place = ''] = name.split('-');
  if (!/^[0-9a-f]{12}$/.test(place)) return startOfProcess(Number(pid)) === undefined;
  if (place === PLACE) return startOfProcess(Number(pid)) !== started;
  // It may be gone by now.
  const changed = await stat(join(parent, name)).then(
    ({ mtimeMs }) => mtimeMs,
    () => now,
  );
  return now - changed > SILENCE_MS;
}

/** Ids of processes mean something on one machine, until it starts again, and in one process namespace. */
const PLACE = createHash('sha256')
  .update([hostname(), read('/proc/sys/kernel/random/boot_id'), link('/proc/self/ns/pid')].join('\n'))
  .digest('hex')
  .slice(0, 12);

/** When a process began, so that it is told from a later one with the same id; `?` where the system does not say, undefined: there is none. */
function startOfProcess(pid: number): string | undefined {
  const text = read(`/proc/${pid}/stat`);
  // The name in parentheses may hold anything.
  if (text !== '') return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  if (process.platform === 'linux') return undefined;
  try {
    process.kill(pid, 0);
    return '?';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? '?' : undefined;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1').trim();
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
