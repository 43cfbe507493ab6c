import { constants, fstatSync, openSync, type Stats, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { badArgument } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { AtomicFile } from './atomic-file.ts';
import { DescriptorOutput } from './descriptor-output.ts';
import type { Output } from './output.ts';
import { StreamOutput } from './stream-output.ts';

/** Other names of the standard output; opened anew, a redirected one would lose what is already in it. */
const STDOUT_NAMES = new Set(['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']);

export const isStdout = (path: string): boolean => STDOUT_NAMES.has(path);

/**
 * The standard output, or the file that the flag names.
 * @param mode permissions of a new file, less those that the umask takes away
 * @throws CommandError when it cannot be written to
 */
export function openOutput(path: string | undefined, flag = '--out', mode = 0o666): Promise<Output> | Output {
  if (path === undefined || isStdout(path)) return openStdout();
  return explain(`${path} could not be written`, () => openPath(path, flag, mode));
}

/** The standard output, whatever it is connected to. */
export function openStdout(): Output {
  if (isatty(1)) return new StreamOutput('stdout', process.stdout, true);
  const kind = fstatSync(1);
  const waits = kind.isFIFO() || kind.isSocket();
  return waits ? new StreamOutput('stdout', process.stdout, false) : new DescriptorOutput('stdout', 1);
}

async function openPath(path: string, flag: string, mode: number): Promise<Output> {
  const existing = statSync(path, { throwIfNoEntry: false });
  checkPlace(path, existing, flag);
  if (existing === undefined || existing.isFile()) return new AtomicFile(path, existing, mode);
  if (existing.isFIFO())
    return new StreamOutput(path, new Socket({ fd: await openFifo(path), readable: false }), false);
  // What is there is a device: it is written to, not replaced.
  const descriptor = openSync(path, 'w');
  return new DescriptorOutput(path, descriptor, isatty(descriptor));
}

function checkPlace(path: string, existing: Stats | undefined, flag: string): void {
  if (path === '') throw badArgument(flag, 'invalid_path', `${flag} needs the name of a file`);
  if (existing?.isDirectory() || path.endsWith('/')) {
    throw badArgument(flag, 'is_a_folder', `${path} is a folder`, 'name a file in it');
  }
  if (existing !== undefined) return;
  const folder = dirname(path);
  const parent = statSync(folder, { throwIfNoEntry: false });
  if (parent === undefined) {
    throw badArgument(
      flag,
      'folder_not_found',
      `there is no folder ${folder}`,
      `create it with \`mkdir -p ${folder}\``,
    );
  }
  if (!parent.isDirectory()) throw badArgument(flag, 'not_a_folder', `${folder} is not a folder`);
}

/** Opening a FIFO waits for its reader; asked again and again instead, signals are answered meanwhile. */
async function openFifo(path: string): Promise<number> {
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENXIO')) throw error;
      await wait(20);
    }
  }
}
