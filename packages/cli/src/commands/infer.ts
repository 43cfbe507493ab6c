import type { Inference } from '@datamaker/engine/infer';
import { type Arguments, type Command, flagValue } from '../arguments/command.ts';
import { badArgument, badInput } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import type { Columns } from '../infer/columns.ts';
import { cut } from '../output/cut.ts';
import { print } from '../output/print.ts';
import { refuseToOverwrite } from '../output/refuse-to-overwrite.ts';
import { say } from '../output/say.ts';
import { writeDocument } from '../output/write-document.ts';

export const infer: Command = {
  name: 'infer',
  summary: 'make a template of the names of columns',
  usage: '<names … | file | -> [options]',
  positionals: { min: 1, max: Number.POSITIVE_INFINITY, name: 'names' },
  flags: [
    { name: 'out', short: 'o', value: 'file', summary: 'where to write the template (default: stdout)' },
    { name: 'name', value: 'name', summary: 'of the template (default: that of the table, or what a row is)' },
    { name: 'locale', short: 'l', value: 'code', summary: 'of the values, unless the hint or a column says otherwise' },
    { name: 'hint', value: 'text', summary: 'what the rows are about, such as "retail customers in Dubai"' },
    { name: 'table', value: 'name', summary: 'the table the columns are in' },
    { name: 'sheet', value: 'name', summary: 'of a spreadsheet (default: the first)' },
    { name: 'samples', summary: 'look at the first 200 rows of the file too: they confirm or refute what a name says' },
    { name: 'explain', summary: 'print what was made of each column and why; the template only goes to --out' },
    { name: 'json', summary: 'with --explain: as JSON' },
    { name: 'strict', summary: 'end with exit code 2 when a field is guessed, and write nothing' },
  ],
  notes: [
    'A file is CSV with a header, a spreadsheet (.xlsx) whose first row with a value is one, a JSON list of names, or rows as JSON or NDJSON. It is told by what is in it; an argument alone is a file when it is -, has a / in it, ends in .csv, .tsv, .json, .ndjson, .jsonl or .xlsx, or has a point in it and is there. Names may be parted by commas.',
    'Nothing is asked of a network or a model: the same names and options give the same template. Fields that are guessed are told on stderr.',
  ],
  examples: [
    'datamaker infer id full_name email signup_date --out customer.json',
    'datamaker infer customers.csv --samples --explain',
    'head -n 1 orders.csv | datamaker infer - --hint "orders of a German shop" | datamaker generate - -n 100',
  ],
  run,
};

/** Rows of a file that are looked at as samples. */
const SAMPLES = 200;
/** Hints are searched for words; more than a page is some other text. */
const MAX_HINT = 2000;

async function run(args: Arguments): Promise<void> {
  const out = flagValue(args, 'out');
  const [path = ''] = args.positionals;
  if (args.flags.has('json') && !args.flags.has('explain'))
    throw badArgument('--json', 'option_needed', '--json is for --explain', 'add --explain, or leave --json out');
  await checkWords(args);
  const { readColumns } = await import('../infer/read-columns.ts');
  const { checkNames } = await import('../infer/check-names.ts');
  const columns = await readColumns(args.positionals, {
    rows: args.flags.has('samples') ? SAMPLES : 0,
    sheet: flagValue(args, 'sheet'),
  });
  if (out !== undefined) refuseToOverwrite(path, out);
  checkNames(columns);
  const inference = await inferFrom(columns, args);
  await tellOfGuesses(columns, inference, args.flags.has('strict'));
  const template = {
    name: flagValue(args, 'name') ?? flagValue(args, 'table') ?? inference.entity ?? 'inferred',
    locale: inference.locale,
    fields: inference.fields.map(({ name, type, options }) => ({
      name,
      type,
      ...(Object.keys(options).length === 0 ? {} : { options }),
    })),
  };
  if (!args.flags.has('explain')) return writeDocument(template, out);
  if (out !== undefined) await writeDocument(template, out);
  if (args.flags.has('json')) return print(`${JSON.stringify({ name: template.name, ...inference }, undefined, 2)}\n`);
  const { drawInference } = await import('../infer/draw-inference.ts');
  await print(drawInference(inference));
}

/** What the engine says of a name of a template and of a locale, told of the flags. @throws CommandError */
async function checkWords(args: Arguments): Promise<void> {
  const { compileTemplate, parseTemplate } = await import('@datamaker/engine');
  for (const [flag, key] of [
    ['name', 'name'],
    ['table', 'name'],
    ['locale', 'locale'],
  ] as const) {
    const value = flagValue(args, flag);
    if (value === undefined) continue;
    const parsed = parseTemplate({ [key]: value, fields: [{ name: 'a', type: 'null' }] });
    const checked = parsed.ok ? await compileTemplate(parsed.value, { seed: '' }) : parsed;
    if (checked.ok) continue;
    const problems = checked.diagnostics.map(({ pointer: _, ...problem }) => ({ ...problem, place: `--${flag}` }));
    throw badInput('the command line', problems);
  }
  const hint = flagValue(args, 'hint');
  if (hint === undefined || hint.length <= MAX_HINT) return;
  throw badArgument('--hint', 'hint_too_long', `a hint has at most ${MAX_HINT} characters`, 'say it in a few words');
}

async function inferFrom({ names, rows }: Columns, args: Arguments): Promise<Inference> {
  const { inferTemplate } = await import('@datamaker/engine/infer');
  const [locale, domainHint, table] = ['locale', 'hint', 'table'].map((name) => flagValue(args, name));
  const samples = names.map((name) => [name, rows.flatMap((row) => (row.has(name) ? [row.get(name)] : []))] as const);
  return inferTemplate(names, {
    ...(locale === undefined ? {} : { locale }),
    ...(domainHint === undefined ? {} : { domainHint }),
    ...(table === undefined ? {} : { table }),
    ...(rows.length === 0 ? {} : { samples: Object.fromEntries(samples.filter(([, values]) => values.length > 0)) }),
  });
}

/** A guess is never made in silence. @throws CommandError with `strict` */
async function tellOfGuesses({ source, names }: Columns, { fields }: Inference, strict: boolean): Promise<void> {
  const { CONFIDENT } = await import('@datamaker/engine/infer');
  const guessed = fields.filter(({ confidence }) => confidence < CONFIDENT);
  if (guessed.length === 0) return;
  if (strict)
    throw badInput(
      source,
      guessed.map(({ name, type, confidence, reason }) => ({
        code: 'low_confidence',
        place: `column ${names.indexOf(name) + 1}`,
        message: `${JSON.stringify(cut(name))} is guessed to be ${type} (confidence ${confidence.toFixed(2)}, ${reason})`,
        hint: 'give --samples, --hint or --table, a telling name, or leave --strict out and choose the type',
      })),
    );
  const list = guessed.slice(0, 20).map(({ name, type }) => `${cut(name)} (${type})`);
  const more = guessed.length > list.length ? ', …' : '';
  const many = guessed.length === 1 ? '1 field is' : `${guessed.length} fields are`;
  say(`${printable(`${source}: ${many} guessed: ${list.join(', ')}${more} [low_confidence]`)}\n`);
}
