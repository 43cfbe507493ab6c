// Runs many command lines in one process, one after another, as main.ts runs one. Its argument is a folder with
// lines.json; it writes <index>.out, <index>.err and <index>.code there. Standard output and error of each line are
// files under the descriptors 1 and 2 themselves, because that is what the program writes to.
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { report } from '../errors/report.ts';
import { say } from '../output/say.ts';
import { runCommandLine } from '../run-command-line.ts';
import type { Line } from './together.ts';

const [, , folder = ''] = process.argv;
const lines = JSON.parse(readFileSync(join(folder, 'lines.json'), 'utf8')) as Required<Line>[];

for (const [index, { words, cwd }] of lines.entries()) {
  const path = join(folder, String(index));
  pointTo(1, `${path}.out`);
  pointTo(2, `${path}.err`);
  process.chdir(cwd);
  const before = process.listeners('exit');
  writeFileSync(`${path}.code`, String(await codeOf(words)));
  // What a program does at its end: unfinished files are taken away.
  for (const listener of process.listeners('exit').filter((one) => !before.includes(one))) {
    process.off('exit', listener);
    listener(0);
  }
}

async function codeOf(words: readonly string[]): Promise<number> {
  try {
    await runCommandLine(words);
    return 0;
  } catch (error) {
    const { text, exitCode } = report(error);
    say(text);
    return exitCode;
  }
}

/** Opening takes the lowest descriptor that is free. */
function pointTo(descriptor: number, path: string): void {
  closeSync(descriptor);
  const opened = openSync(path, 'w');
  if (opened !== descriptor) throw new Error(`${path} was opened as ${opened}, not as ${descriptor}`);
}
