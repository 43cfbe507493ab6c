import { realpathSync, statSync } from 'node:fs';
import type { Diagnostic, Masker, MaskSummary } from '@datamaker/engine';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { toProblems } from '../arguments/to-problems.ts';
import { badArgument, badInput, type Problem } from '../errors/command-error.ts';
import { explain } from '../errors/system-error.ts';
import { readKeyFile } from '../masking/read-mask-key.ts';
import { readPolicy } from '../masking/read-policy.ts';
import { AtomicFile } from '../output/atomic-file.ts';
import { openOutput } from '../output/open-output.ts';
import { type Output, ReaderGone } from '../output/output.ts';
import { say } from '../output/say.ts';
import { openRows, type RowSource } from '../rows/row-source.ts';
import type { RowWriter } from '../rows/write-rows.ts';
import { loadPlan } from '../template/load-plan.ts';
import type { SourceText } from '../template/source-text.ts';

export const mask: Command = {
  name: 'mask',
  summary: 'replace the personal data of given rows, or of a whole database',
  usage:
    '<rows.csv | rows.ndjson | rows.json | -> --policy <file> [options]\n       datamaker mask <source-url> <destination-url> [--policy <file>] [options]',
  positionals: { min: 1, max: 2, name: 'rows' },
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
    { name: 'tables', value: 'names', summary: 'of a database: only these, with commas between', repeatable: true },
    {
      name: 'schema',
      value: 'name',
      summary: 'of a database: a schema to copy, several times for several (default: public); not of MySQL',
      repeatable: true,
    },
    { name: 'plan', summary: 'of a database: only say what would become of each column' },
    { name: 'json', summary: 'of a database, with --plan: as JSON' },
    { name: 'replace', summary: 'of a database: remove the rows that the destination has in these tables' },
    { name: 'yes', short: 'y', summary: 'of a database: do not ask' },
    { name: 'receipt', short: 'r', value: 'file', summary: 'of a database: where the receipt goes' },
  ],
  notes: [
    'No row comes out unless all can: a field that is personal by the template, by its name or by a value of it, and has no strategy, stops everything. Without --out the rows are read twice for that, so from stdin --out is needed.',
    'A database is copied into another one with the same tables, in one transaction: all of it, or nothing. In place of a URL, env:NAME takes it from a variable; a password that it lacks is taken from $PGPASSWORD or $MYSQL_PWD, the key from $DATAMAKER_MASK_KEY.',
    'What was done is told on stderr, by field and count. Values are never told.',
  ],
  examples: [
    'datamaker mask customers.csv --policy policy.json --key-file key --out masked.csv',
    'datamaker mask orders.ndjson -p policy.json -k key --map tokens.ndjson -o masked.ndjson',
    'datamaker mask env:PROD_URL postgres://me@localhost/test --policy policy.json -k key --plan',
    'openssl rand -hex 32 > key',
  ],
  run,
};

const OF_ROWS = ['out', 'format', 'delimiter', 'template', 'seed', 'map'];
const OF_DATABASES = ['tables', 'schema', 'plan', 'json', 'replace', 'yes', 'receipt'];

/** Whether a word names a database: a URL, or a variable that has one. */
const isDatabase = (word: string): boolean => /^(?:[a-z][a-z0-9+.-]*:\/\/|env:)/i.test(word);

function refuseFlags(args: Arguments, names: readonly string[], why: string): void {
  const given = names.find((name) => args.flags.has(name) || args.repeated.has(name));
  if (given !== undefined) throw badArgument(`--${given}`, 'invalid_value', `--${given} ${why}`, 'leave it out');
}

async function run(args: Arguments): Promise<void> {
  const [path = '', second] = args.positionals;
  if (isDatabase(path)) {
    refuseFlags(args, OF_ROWS, 'is for rows of files');
    return await (await import('../masking/mask-database.ts')).maskDatabase(args);
  }
  if (second !== undefined) throw badArgument('<rows>', 'unexpected_argument', `${second} is one file too many`);
  refuseFlags(args, OF_DATABASES, 'is for databases');
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
  const { createMasker, drawSeed, parseSeed } = await import('@datamaker/engine');
  const policyPath = flagValue(args, 'policy');
  if (policyPath === undefined)
    throw badArgument('--policy', 'missing_value', '--policy is missing', 'name a file with { "fields": [ … ] }');
  const given = flagValue(args, 'seed');
  const seed = given === undefined ? undefined : parseSeed(given);
  if (seed?.ok === false) throw badInput('the command line', toProblems('seed', seed.diagnostics));
  const { text: policy, document } = await readPolicy(policyPath);
  const keyPath = flagValue(args, 'key-file');
  const key = keyPath === undefined ? undefined : await readKeyFile(keyPath);
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
