import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { pythonWith } from '../python/virtual-environment.ts';

const REQUIREMENTS = new URL('requirements.txt', import.meta.url);

/** Values for one module of python-stdnum, such as `es.dni`, with the options of its `validate`. */
export interface Question {
  readonly module: string;
  readonly values: readonly string[];
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Asks python-stdnum about many values in one process. For each question the refused values, with the reason. */
export async function refusedByStdnum(questions: readonly Question[]): Promise<readonly [string, string][][]> {
  const script = fileURLToPath(new URL('check_stdnum.py', import.meta.url));
  const child = spawn(await pythonWith(REQUIREMENTS), [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = questions.map(({ module, values, options }) => JSON.stringify([module, values, options ?? {}]));
  const closed = once(child, 'close');
  child.stdin.end(`${lines.join('\n')}\n`);
  const output = await text(child.stdout);
  const [code] = (await closed) as [number | null];
  if (code !== 0) throw new Error(`python-stdnum ended with ${code}`);
  return output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as [string, string][]);
}
