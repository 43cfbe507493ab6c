import { realpathSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { Plan } from '@datamaker/engine';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badArgument, badInput } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { openOutput } from '../output/open-output.ts';
import { type Output, ReaderGone } from '../output/output.ts';
import { Progress } from '../output/progress.ts';
import { say } from '../output/say.ts';
import { loadPlan } from '../template/load-plan.ts';
import { flagOfOption, formatFlags, formatNames } from './format-flags.ts';
import { type GenerateOptions, parseGenerateOptions } from './generate-options.ts';

export const generate: Command = {
  name: 'generate',
  summary: 'write rows of a template',
  usage: '<template.json | -> [options]',
  positionals: { min: 1, max: 1, name: 'template.json' },
  flags: [
    { name: 'count', short: 'n', value: 'N', summary: 'how many rows, 1 to 1000000000000 (default: 10)' },
    {
      name: 'format',
      short: 'f',
      value: 'name',
      summary: `${formatNames} (default: by the ending of --out, else json)`,
    },
    {
      name: 'seed',
      short: 's',
      value: 'text',
      summary: 'the same seed gives the same rows; without one it is drawn and told on stderr',
    },
    { name: 'out', short: 'o', value: 'file', summary: 'where to write (default: stdout)' },
    {
      name: 'from',
      value: 'row',
      summary: 'the first row, counted from 0 (default: 0); rows do not depend on where one starts',
    },
    {
      name: 'threads',
      value: 'N',
      summary:
        'worker threads, 1 to 64 (default: 1 below 2000000 rows, or 100000 of xlsx, parquet and avro, else one per CPU, at most 8); the output is the same',
    },
    {
      name: 'templates',
      value: 'path',
      summary: 'folder or file with the templates that `template_id` names (default: the folder of the template)',
    },
    ...formatFlags,
  ],
  notes: [
    'A file appears under its name only when it is whole: it is written beside it as <file>.<random>.partial and renamed. Devices and named pipes are written to directly.',
    'A progress bar is shown on stderr when that is a terminal and the rows go elsewhere.',
  ],
  examples: [
    'datamaker generate customer.json --count 1000 --format csv --seed demo --out customer.csv',
    'datamaker generate customer.json -n 1e6 -f sql --dialect mysql --table customers | mysql shop',
    'echo \'{"fields":[{"name":"id","type":"uuid"}]}\' | datamaker generate - -n 3',
  ],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [path = ''] = args.positionals;
  const out = flagValue(args, 'out');
  const engine = await import('@datamaker/engine');
  const options = parseGenerateOptions(args, engine);
  const { plan } = await loadPlan(path, {
    templates: flagValue(args, 'templates'),
    rows: options.to,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const unfit = engine.checkFormat(options.format, plan);
  if (unfit.length > 0) throw badInput('the command line', toProblems('format', unfit, flagOfOption));
  if (out !== undefined) refuseToOverwrite(path, out);
  const output = await openOutput(out);
  if (options.seed === undefined) say(`seed: ${plan.seed}\n`);
  await explain(`${output.name} could not be written`, () => produce(plan, options, output));
}

/** Runs the plan into the output, with a progress bar where one can be seen. A reader that leaves early is no failure. */
async function produce(plan: Plan, options: GenerateOptions, output: Output): Promise<void> {
  const { run: runPlan } = await import('@datamaker/engine/run');
  const { from, to, format, threads } = options;
  const progress = isatty(2) && !output.isTerminal && process.env.TERM !== 'dumb' ? showProgress(to - from) : undefined;
  const onProgress = progress && (({ rows, bytes }: { rows: number; bytes: number }) => progress.update(rows, bytes));
  try {
    const settings = { format, from, to, threads, ...(onProgress === undefined ? {} : { onProgress }) };
    const written = await runPlan(plan, settings, (chunk) => output.write(chunk));
    output.commit();
    progress?.finish(written.rows, written.bytes, output.name);
  } catch (error) {
    progress?.clear();
    if (!(error instanceof ReaderGone)) throw error;
  }
}

function showProgress(rows: number): Progress {
  const progress = new Progress(rows, { write: say, columns: process.stderr.columns || 80 });
  process.on('exit', () => progress.clear());
  return progress;
}

function refuseToOverwrite(template: string, out: string): void {
  try {
    if (realpathSync(template) !== realpathSync(out)) return;
  } catch {
    return; // One of them is no file yet.
  }
  throw badArgument('--out', 'output_is_input', `${out} is the template itself`, 'choose another file');
}
