import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import type { ExternalMaker, Plan } from '@datamaker/engine';
import { type Arguments, type Command, flagValue, flagValues } from '../arguments/command.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badArgument, badInput } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { isStdout, openOutput } from '../output/open-output.ts';
import { type Output, ReaderGone } from '../output/output.ts';
import { Progress } from '../output/progress.ts';
import { say } from '../output/say.ts';
import { filesOf } from '../resources/load-resources.ts';
import { resourceFlag } from '../resources/resource-flag.ts';
import { loadPlan } from '../template/load-plan.ts';
import { withPrograms } from '../template/with-programs.ts';
import { flagOfOption, formatFlags, formatNames } from './format-flags.ts';
import { type GenerateOptions, parseGenerateOptions } from './generate-options.ts';

/** Characters of labels that are gathered before they are written. */
const LABEL_CHARS = 1 << 18;

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
    resourceFlag,
    ...formatFlags,
    {
      name: 'mode',
      value: 'name',
      summary:
        'right, negative (each row breaks one rule) or boundary (rows at the bounds and one step beside them) (default: right)',
    },
    { name: 'share', value: 'percent', summary: 'with negative or boundary: how many of the rows (default: 100)' },
    {
      name: 'rules',
      value: 'names',
      summary:
        'with negative or boundary: only these, with commas between: required, type, length, enum, pattern, checksum, range, reference, unique',
    },
    {
      name: 'fields',
      value: 'names',
      summary: 'with negative or boundary: only these fields, with commas between, such as age,address.city',
    },
    {
      name: 'label',
      value: 'name',
      summary:
        'with negative or boundary: the column that says what is wrong, or none (default: _violation, with --labels none)',
    },
    {
      name: 'labels',
      value: 'file',
      summary: 'with negative or boundary: a file that says what is wrong, a line of JSON for each such row',
    },
  ],
  notes: [
    'A file appears under its name only when it is whole: it is written beside it as <file>.<random>.partial and renamed. Devices and named pipes are written to directly.',
    'A progress bar is shown on stderr when that is a terminal and the rows go elsewhere.',
  ],
  examples: [
    'datamaker generate customer.json --count 1000 --format csv --seed demo --out customer.csv',
    'datamaker generate customer.json -n 500 --mode negative --share 20 --out mixed.csv --labels wrong.ndjson',
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
  const loaded = await loadPlan(path, {
    external: ['python'],
    templates: flagValue(args, 'templates'),
    resources: flagValues(args, 'resource'),
    rows: options.to,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.negative === undefined ? {} : { negative: options.negative }),
  });
  const { plan } = loaded;
  const unfit = engine.checkFormat(options.format, plan);
  if (unfit.length > 0) throw badInput('the command line', toProblems('format', unfit, flagOfOption));
  const read = [path, ...filesOf(flagValues(args, 'resource'))];
  for (const file of read) if (out !== undefined) refuseToOverwrite(file, out, '--out');
  if (options.labels !== undefined) refuseToMix(read, options.labels, out);
  const output = await openOutput(out);
  const labels = options.labels === undefined ? undefined : await openOutput(options.labels, '--labels');
  if (options.seed === undefined) say(`seed: ${plan.seed}\n`);
  if (labels !== undefined)
    await explain(`${labels.name} could not be written`, () => writeLabels(plan, options, labels));
  await explain(`${output.name} could not be written`, () =>
    withPrograms(loaded, (external) => produce(plan, options, output, external)),
  );
  await labels?.commit();
}

/** Writes what is wrong with the rows. The file appears with that of the rows. */
async function writeLabels(plan: Plan, { from, to }: GenerateOptions, output: Output): Promise<void> {
  const { labelsOf } = await import('@datamaker/engine');
  let lines = '';
  for (const { holds, ...label } of labelsOf(plan, from, to)) {
    lines += `${JSON.stringify(plan.negative?.mode === 'boundary' ? { ...label, holds } : label)}\n`;
    if (lines.length < LABEL_CHARS) continue;
    await output.write(Buffer.from(lines));
    lines = '';
  }
  await output.write(Buffer.from(lines));
}

/** Runs the plan into the output, with a progress bar where one can be seen. A reader that leaves early is no failure. */
async function produce(
  plan: Plan,
  options: GenerateOptions,
  output: Output,
  external: ExternalMaker | undefined,
): Promise<void> {
  const { run: runPlan } = await import('@datamaker/engine/run');
  const { from, to, format, threads } = options;
  const progress = isatty(2) && !output.isTerminal && process.env.TERM !== 'dumb' ? showProgress(to - from) : undefined;
  const onProgress = progress && (({ rows, bytes }: { rows: number; bytes: number }) => progress.update(rows, bytes));
  try {
    const settings = { format, from, to, threads, external, ...(onProgress === undefined ? {} : { onProgress }) };
    const written = await runPlan(plan, settings, (chunk) => output.write(chunk));
    await output.commit();
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

function refuseToOverwrite(input: string, out: string, flag: string): void {
  if (!isSameFile(input, out)) return;
  throw badArgument(
    flag,
    'output_is_input',
    `${out} is the template itself, or what it takes rows from`,
    'choose another file',
  );
}

/** Labels go to a file of their own. */
function refuseToMix(inputs: readonly string[], labels: string, out: string | undefined): void {
  for (const input of inputs) refuseToOverwrite(input, labels, '--labels');
  const mixed =
    isStdout(labels) || (out !== undefined && (resolve(labels) === resolve(out) || isSameFile(labels, out)));
  if (mixed) throw badArgument('--labels', 'output_is_output', 'rows and labels cannot go to one place', 'name a file');
}

function isSameFile(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false; // One of them is no file yet.
  }
}
