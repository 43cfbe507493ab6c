import { readFileSync } from 'node:fs';
import { importSchema } from '@datamaker/engine/import';
import { report } from '../../packages/cli/src/errors/report.ts';
import { runCommandLine } from '../../packages/cli/src/run-command-line.ts';
import { forgetPeak, memoryOf, peakOf, processorSecondsOf } from './process-memory.ts';

/** What this process is asked to do: the words of a command line, or a file that the engine imports. */
export type Work = { readonly words: readonly string[] } | { readonly file: string; readonly kind?: string };

export interface Worked {
  /** `done`, or the code of the refusal. */
  readonly end: string;
  /** All that was said. */
  readonly text: string;
  /** Processor time in seconds, and growth of memory in MiB. */
  readonly seconds: number;
  readonly growth: number;
}

/**
 * The command line and the engine's imports, one after the other in one process: its own start is not what is measured. What a
 * command prints is dropped.
 */
process.on('message', async (work: Work) => {
  const { pid } = process;
  globalThis.gc?.();
  const before = memoryOf(pid);
  const from = processorSecondsOf(pid);
  forgetPeak(pid);
  const { end, text } = await ('words' in work ? commandLine(work.words) : engine(work));
  const worked: Worked = { end, text, seconds: processorSecondsOf(pid) - from, growth: peakOf(pid) - before };
  process.send?.(worked);
});

async function commandLine(words: readonly string[]): Promise<Pick<Worked, 'end' | 'text'>> {
  try {
    await runCommandLine(words);
    return { end: 'done', text: '' };
  } catch (error) {
    const { text } = report(error);
    return { end: /^error: (\S+):/.exec(text)?.[1] ?? text, text };
  }
}

async function engine({ file, kind }: { file: string; kind?: string }): Promise<Pick<Worked, 'end' | 'text'>> {
  try {
    const result = await importSchema(readFileSync(file), kind === undefined ? {} : { kind });
    const text = JSON.stringify(result);
    return { end: result.ok ? 'done' : (result.diagnostics[0]?.code ?? ''), text };
  } catch (error) {
    return { end: 'exception', text: String((error as Error).stack) };
  }
}
