import { loadFileEncoder, type Part } from '../file/file-encoder.ts';
import type { Plan } from '../plan/plan.ts';
import { PartMaker } from '../rows/part-maker.ts';
import { prepareBytes } from '../rows/prepare-bytes.ts';
import { stretches } from '../rows/stretches.ts';
import { breather } from './breather.ts';
import type { RunResult, Sink } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { pump } from './stream.ts';

/** `run` for a format that is a file: its parts are large, and handed over whole. */
export async function runFile(plan: Plan, options: RunOptions, sink: Sink): Promise<RunResult> {
  const { format, from = 0, to, threads = 1, signal, onProgress } = options;
  if (threads > 1) return pump(plan, options, async (chunk) => sink(chunk));
  const prepared = prepareBytes(plan, format);
  if (prepared.file === undefined) throw new TypeError('the format is not a file');
  const maker = await PartMaker.of(prepared);
  const assembler = (await loadFileEncoder(prepared.file)).assembler({ from, to });
  const breathe = breather(signal);
  let bytes = 0;
  const take = async (chunk: Uint8Array): Promise<void> => {
    if (chunk.length === 0) return;
    await sink(chunk);
    bytes += chunk.length;
  };
  await take(assembler.head());
  for (const stretch of stretches(prepared, from, to, () => 1)) {
    const part: Part = maker.make(stretch);
    const { before, after } = assembler.around(stretch, part);
    for (const chunk of [before, part.bytes, after]) await take(chunk);
    onProgress?.({ rows: stretch.end - from, bytes });
    await breathe();
  }
  await take(assembler.tail());
  return { rows: to - from, bytes };
}
