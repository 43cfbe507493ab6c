import { realpathSync, statSync } from 'node:fs';
import type { Diagnostic, Masker, MaskSummary } from '@datamaker/engine';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badArgument, badInput, type Problem } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { AtomicFile } from '../output/atomic-file.ts';
import { openOutput } from '../output/open-output.ts';
import { type Output, ReaderGone } from '../output/output.ts';
import { say } from '../output/say.ts';
import { openRows, type RowSource } from '../rows/row-source.ts';
import type { RowWriter } from '../rows/write-rows.ts';
import { loadPlan } from '../template/load-plan.ts';
import { readInput } from '../template/read-input.ts';
import type { SourceText } from '../template/source-text.ts';

export const mask: Command = {
  name: 'mask',
  summary: 'replace the personal data of given rows',
  usage: '<rows.csv | rows.ndjson | rows.json | -> --policy <file> [options]',
  positionals: { min: 1, max: 1, name: 'rows' },
  flags: [
    { name: 'policy', short: 'p', value: 'file', summary: 'JSON that names a strategy for each field' },
    {
      name: 'key-file',
      short: 'k',
      value: 'file',
      summary: 'the secret of format-preserve, shift, hash and tokenize, at least 16 bytes',
    },
    { name: 'out', short: 'o', value: 'file', summary: 'where to write (default: stdout)' },
    { name: 'format', short: 'f', value: 'name', summary: 'csv, ndjson or json (default: by the ending of the rows)' },
    { name: 'delimiter', value: 'character', summary: 'with csv: between cells (default: a comma; `tab` for a tab)' },
    {
      name: 'template',
      short: 't',
      value: 'file',
      summary: 'what the rows look like: sensitive fields, types of fakes',
    },
    { name: 'seed', short: 's', value: 'text', summary: 'what replace draws from (default: drawn)' },
    { name: 'map', value: 'file', summary: 'where tokens and what they stand for go, as ndjson: real data, mode 600' },
  ],
  notes: [
    'No row comes out unless all can: a field that is personal by the template, by its name or by a value of it, and has no strategy, stops everything. Without --out the rows are read twice for that, so from stdin --out is needed.',
    'What was done is told on stderr, by field and count. Values are never told.',
  ],
  examples: [
    'datamaker mask customers.csv --policy policy.json --key-file key --out masked.csv',
    'datamaker mask orders.ndjson -p policy.json -k key --map tokens.ndjson -o masked.ndjson',
    'openssl rand -hex 32 > key',
  ],
  run,
};

/** Larger secrets are some other file, named by mistake. */
const MAX_KEY_BYTES = 65_536;

async function run(args: Arguments): Promise<void> {
  const [path = ''] = args.positionals;
  const out = flagValue(args, 'out');
  const source = openRows(path, flagValue(args, 'format'));
  const delimiter = toDelimiter(flagValue(args, 'delimiter'));
  checkPaths(args, path, out, source);
  const prepare = await preparation(args);
  // What has gone down a pipe cannot be taken back: all is tried before the first row leaves.
  const whole = out !== undefined && isReplaceable(out);
  if (!whole) await maskAll(await prepare(), source, delimiter, undefined, undefined);
  const { RowWriter } = await import('../rows/write-rows.ts');
  const output = await openOutput(out);
  const map = openMap(flagValue(args, 'map'));
  const summary = await explain(`${output.name} could not be written`, async () => {
    try {
      const done = await maskAll(
        await prepare(),
        source,
        delimiter,
        new RowWriter(output, source.format, delimiter),
        map,
      );
      await map?.commit();
      await output.commit();
      return done;
    } catch (error) {
      if (error instanceof ReaderGone) return undefined;
      throw error;
    }
  });
  if (summary !== undefined) tell(summary);
}

/** A file that can be left away again; not a pipe or a device. */
const isReplaceable = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? path !== '-';

interface Prepared {
  readonly masker: Masker;
  readonly policy: SourceText;
}

/** Reads all that masking needs beside the rows. @returns what makes a masker, the same each time */
async function preparation(args: Arguments): Promise<() => Promise<Prepared>> {
  const { createMasker, drawSeed, limits, parseSeed } = await import('@datamaker/engine');
  const policyPath = flagValue(args, 'policy');
  if (policyPath === undefined)
    throw badArgument('--policy', 'missing_value', '--policy is missing', 'name a file with { "fields": [ … ] }');
  const given = flagValue(args, 'seed');
  const seed = given === undefined ? undefined : parseSeed(given);
  if (seed?.ok === false) throw badInput('the command line', toProblems('seed', seed.diagnostics));
  const policy = await readInput(policyPath, limits.MAX_TEMPLATE_BYTES);
  const document = parsePolicyText(policy);
  const keyPath = flagValue(args, 'key-file');
  const key = keyPath === undefined ? undefined : toKey((await readInput(keyPath, MAX_KEY_BYTES)).bytes);
  const templatePath = flagValue(args, 'template');
  const template =
    templatePath === undefined ? undefined : (await loadPlan(templatePath, { templates: undefined })).template;
  const options = {
    seed: seed?.value ?? drawSeed(),
    ...(key === undefined ? {} : { key }),
    ...(template === undefined ? {} : { template }),
  };
  return async () => {
    const masker = await createMasker(document, options);
    if (!masker.ok)
      throw badInput(
        policy.name,
        masker.diagnostics.map((problem) => toProblem(problem, policy)),
      );
    return { masker: masker.value, policy };
  };
}

/** The end of the last line is no part of a key. */
const toKey = (bytes: Uint8Array): Uint8Array => {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x0a || bytes[end - 1] === 0x0d)) end--;
  return bytes.slice(0, end);
};

function parsePolicyText(policy: SourceText): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(policy.bytes));
  } catch {
    const message = `the policy is not JSON: ${policy.expectedInstead() ?? 'UTF-8'} was expected here`;
    const hint = 'check quotes, commas and brackets there';
    throw badInput(policy.name, [{ code: 'invalid_json', place: policy.placeOf(''), message, hint }]);
  }
}

function toProblem({ code, pointer, message, hint }: Diagnostic, policy: SourceText): Problem {
  const place = pointer.startsWith('/key') ? '--key-file' : policy.placeOf(pointer);
  return { code, message, place, ...(hint === undefined ? {} : { hint }) };
}

async function maskAll(
  { masker, policy }: Prepared,
  source: RowSource,
  delimiter: string,
  writer: RowWriter | undefined,
  map: Output | undefined,
): Promise<MaskSummary> {
  const { readRows } = await import('../rows/read-rows.ts');
  const { writeRow } = await import('../rows/parse-row.ts');
  for await (const { rows, columns } of readRows(source, delimiter)) {
    const masked = await masker.mask(rows);
    if (!masked.ok) {
      throw badInput(
        source.name,
        masked.diagnostics.map(({ code, message, hint }) => ({
          code,
          message,
          ...(hint === undefined ? {} : { hint }),
        })),
      );
    }
    await writer?.write(masked.value.rows, columns);
    if (map !== undefined && masked.value.tokens.length > 0)
      await map.write(Buffer.from(masked.value.tokens.map((entry) => `${writeRow(entry)}\n`).join('')));
  }
  const summary = masker.finish();
  if (!summary.ok)
    throw badInput(
      policy.name,
      summary.diagnostics.map((problem) => toProblem(problem, policy)),
    );
  await writer?.end();
  return summary.value;
}

function openMap(path: string | undefined): AtomicFile | undefined {
  if (path === undefined) return undefined;
  return new AtomicFile(path, statSync(path, { throwIfNoEntry: false }), 0o600);
}

function toDelimiter(text: string | undefined): string {
  if (text === undefined) return ',';
  if (text === 'tab' || text === '\\t') return '\t';
  if (text.length === 1 && text !== '"' && text !== '\n' && text !== '\r') return text;
  throw badArgument(
    '--delimiter',
    'invalid_delimiter',
    'the delimiter must be one character',
    'for instance ";", or `tab`',
  );
}

function checkPaths(args: Arguments, rows: string, out: string | undefined, source: RowSource): void {
  if (!source.again && (out === undefined || !isReplaceable(out))) {
    const message = `rows of ${source.name} can be read once only, and no row may come out before all are known to be good`;
    throw badArgument('--out', 'out_needed', message, 'name a file with --out');
  }
  const written = [
    ['--out', out],
    ['--map', flagValue(args, 'map')],
  ] as const;
  const read = [rows, ...['policy', 'key-file', 'template'].map((name) => flagValue(args, name))];
  for (const [flag, path] of written) {
    if (path === undefined || !read.some((other) => other !== undefined && isSame(other, path))) continue;
    throw badArgument(flag, 'output_is_input', `${path} is read by this command`, 'choose another file');
  }
  const [[, first], [, second]] = written;
  if (second === '-' || (first !== undefined && second !== undefined && (first === second || isSame(first, second))))
    throw badArgument('--map', 'invalid_path', 'the map needs a file of its own', 'choose another file');
}

function isSame(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false; // One of them is no file yet.
  }
}

function tell({ count, seed, log }: MaskSummary): void {
  const rows = count === 1 ? '1 row' : `${count.toLocaleString('en')} rows`;
  const width = Math.max(0, ...log.map(({ field }) => field.length));
  const lines = log.map(({ field, strategy, type, values, nulls }) => {
    const kind = type === undefined ? strategy : `${strategy} (${type})`;
    return `  ${field.padEnd(width)}  ${kind}: ${values.toLocaleString('en')} values, ${nulls.toLocaleString('en')} null`;
  });
  const drawn = log.some(({ strategy }) => strategy === 'replace') ? [`seed: ${seed}`] : [];
  say(`${[`masked ${rows}`, ...lines, ...drawn].join('\n')}\n`);
}
