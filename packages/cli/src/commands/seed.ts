import { existsSync } from 'node:fs';
import type { Session } from '@datamaker/connectors';
import type { Receipt, SeedPlan } from '@datamaker/seeding';
import { type Arguments, type Command, flagValue, flagValues } from '../arguments/command.ts';
import { badArgument, CommandError } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { ask, needTerminal } from '../seeding/ask.ts';
import { drawPlan } from '../seeding/draw-plan.ts';
import { jsonOfPlan } from '../seeding/json-of-plan.ts';
import { needPlanForJson } from '../seeding/need-plan-for-json.ts';
import { readTarget, TARGET_URL, type Target, targetOfReceipt, urlOfEnvironment } from '../seeding/open-target.ts';
import { ReceiptFile, readReceipt } from '../seeding/receipt-file.ts';
import { readSeedOptions } from '../seeding/seed-options.ts';
import { TableProgress } from '../seeding/table-progress.ts';
import { withSession } from '../seeding/with-session.ts';
import { interruptible } from '../signals/interruptible.ts';

/** As many tables as anybody says rows of. */
const MOST_WORDS = 5000;

export const seed: Command = {
  name: 'seed',
  summary: 'fill a whole database with rows that keep its rules',
  usage: '<postgres://user@host/database | mysql://user@host/database> [table=rows …] [options]',
  positionals: { min: 0, max: MOST_WORDS, name: 'url' },
  flags: [
    { name: 'rows', short: 'n', value: 'N', summary: 'rows of each table that belongs to no other (default: 100)' },
    {
      name: 'fan-out',
      value: 'N..M',
      summary: 'rows for each row of the table that they belong to (default: 1..3)',
    },
    { name: 'every-table', value: 'N', summary: 'rows of every table, in place of counting by what they belong to' },
    {
      name: 'seed',
      short: 's',
      value: 'text',
      summary: 'the same seed gives the same rows beside the same data (default: drawn)',
    },
    { name: 'locale', value: 'name', summary: 'the language and country of values, such as de_DE' },
    {
      name: 'schema',
      value: 'name',
      summary: 'a schema to fill, several times for several (default: public; of MySQL the database)',
      repeatable: true,
    },
    { name: 'plan', summary: 'only say what would be written' },
    { name: 'json', summary: 'with --plan: as JSON' },
    { name: 'yes', short: 'y', summary: 'do not ask' },
    { name: 'receipt', short: 'r', value: 'file', summary: 'where the receipt goes (default: a name of its own)' },
    { name: 'transaction', summary: 'all rows or none; without, what was written stays' },
    { name: 'resume', value: 'file', summary: 'go on with the receipt of a run that did not come to its end' },
  ],
  notes: [
    'The plan is shown first. Behind the URL, order=500 gives a table so many rows, order_line=0..5 so many for each row of the table that it belongs to, and audit=0 none.',
    `The receipt is written before the first row and after each chunk of rows: whatever happens, \`datamaker undo\` removes exactly the rows of it, and \`datamaker verify\` reads them back.`,
    `A password in a command line can be seen by whoever lists processes: leave it out of the URL and set $PGPASSWORD ($MYSQL_PWD for MySQL and MariaDB), or set $${TARGET_URL} in place of the URL. Neither receipts nor messages show it.`,
    'The program connects to whatever you name, private networks and this machine included: it is your machine. Servers connect to those only when their operator says so.',
  ],
  examples: [
    'datamaker seed postgres://me@localhost/shop --plan',
    'datamaker seed postgres://me@localhost/shop order=5000 order_line=1..8 --seed demo --yes',
    'datamaker seed mysql://me@localhost/shop --rows 50 --plan',
    'datamaker undo shop.receipt.json',
  ],
  run,
};

async function run(args: Arguments): Promise<void> {
  const resumed = flagValue(args, 'resume');
  await interruptible((signal) => (resumed === undefined ? begin(args, signal) : resume(args, resumed, signal)));
}

/** Plans, asks and writes. */
async function begin(args: Arguments, signal: AbortSignal): Promise<void> {
  const [url, words] = splitWords(args.positionals);
  const options = readSeedOptions(args, words);
  const isPlan = args.flags.has('plan');
  needPlanForJson(args);
  const target = await readTarget(url, flagValues(args, 'schema'));
  if (!isPlan && !args.flags.has('yes')) needTerminal('--yes, or --plan');
  const path = flagValue(args, 'receipt') ?? nameOf(target);
  if (!isPlan && existsSync(path)) {
    const hint = `\`datamaker seed --resume ${path}\` goes on with it; or name another file`;
    throw badArgument('--receipt', 'receipt_exists', `${path} is there already`, hint);
  }
  const { estimateSeed, planSeed, tableId } = await import('@datamaker/seeding');
  await withSession(target, isPlan, signal, async (session) => {
    const schema = await session.introspect();
    const plan = await planSeed(session, schema, options);
    const estimate = await estimateSeed(plan);
    const planned = new Set(plan.tables.map(({ id }) => id));
    const leftOut = schema.tables.map(tableId).filter((id) => !planned.has(id));
    if (isPlan && args.flags.has('json')) return await print(jsonOfPlan(plan, estimate, leftOut));
    const shown = drawPlan(plan, estimate, leftOut);
    if (isPlan) return await print(shown);
    say(shown);
    if (estimate.rows === 0) throw new CommandError(1, 'no_table', 'no table can be filled');
    const question = `Write ${estimate.rows.toLocaleString('en')} rows into ${target.name}?`;
    if (!args.flags.has('yes') && !(await ask(question, signal))) {
      throw new CommandError(1, 'not_confirmed', 'nothing was written');
    }
    const mode = args.flags.has('transaction') || plan.needsDeferred ? 'transaction' : 'chunks';
    const file = new ReceiptFile(path, { target: target.target, mode });
    await write(session, plan, { file, mode, signal });
  });
}

/** Goes on behind what a receipt says. */
async function resume(args: Arguments, path: string, signal: AbortSignal): Promise<void> {
  const { target: kept, mode, receipt, state, undo } = await readReceipt(path);
  if (undo !== null) throw badArgument('--resume', 'was_undone', `what ${path} tells of was undone`);
  if (state === 'done') throw badArgument('--resume', 'is_done', `what ${path} tells of came to its end`);
  const [given, more] = args.positionals;
  if (more !== undefined) throw badArgument('<url>', 'unexpected_argument', 'a plan that was begun stays as it is');
  const target = await targetOfReceipt(kept, given, false);
  if (mode === 'transaction') {
    const hint = `\`datamaker undo ${path} --dry-run\` says whether any are there`;
    throw badArgument('--resume', 'not_supported', 'a transaction is kept as a whole or not at all', hint);
  }
  await withSession(target, false, signal, (session) =>
    write(session, receipt.plan, { file: new ReceiptFile(path, { target: kept, mode }), mode, signal, receipt }),
  );
}

interface Writing {
  readonly file: ReceiptFile;
  readonly mode: 'chunks' | 'transaction';
  readonly signal: AbortSignal;
  readonly receipt?: Receipt;
}

async function write(session: Session, plan: SeedPlan, { file, mode, signal, receipt }: Writing): Promise<void> {
  const { applySeed, writtenRows } = await import('@datamaker/seeding');
  let last: Receipt = receipt ?? { version: 1, plan, chunks: [] };
  const before = last;
  // Before the first row, also of a transaction: whoever dies within it may have kept all of it.
  await file.keep(last, 'running');
  const progress = new TableProgress('written');
  try {
    const keep = async (next: Receipt): Promise<void> => {
      last = next;
      await file.keep(next, 'running');
    };
    const done = await applySeed(session, plan, {
      mode,
      signal,
      keep,
      ...(receipt === undefined ? {} : { receipt }),
      onProgress: ({ table, rows, of, pass }) =>
        pass === 'first'
          ? progress.update(table, rows, of, writtenRows(before, table, 'first'))
          : progress.update(`${table} (keys in circles)`, rows, of),
    });
    await file.keep(done, 'done');
  } catch (error) {
    progress.clear();
    await file.keep(last, signal.aborted ? 'cancelled' : 'failed').catch(() => undefined);
    sayHowFar(last, file.path, mode, await import('@datamaker/seeding'));
    throw error;
  }
  say(`receipt: ${file.path}\n`);
}

function sayHowFar(
  receipt: Receipt,
  path: string,
  mode: Writing['mode'],
  { writtenTables }: Pick<typeof import('@datamaker/seeding'), 'writtenTables'>,
): void {
  const tables = writtenTables(receipt);
  const [rows, of] = [sum(tables.map((table) => table.rows)), sum(tables.map((table) => table.of))];
  if (mode === 'transaction' && rows === 0) {
    say('no rows were kept: it was one transaction\n');
    return;
  }
  const [written, planned] = [rows, of].map((count) => count.toLocaleString('en'));
  say(`${written} of ${planned} rows were kept; the receipt ${path} says which\n`);
  say(`  datamaker seed --resume ${path}   goes on\n  datamaker undo ${path}            removes them\n`);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** The URL, wherever it stands, and what else there is. @throws CommandError */
function splitWords(positionals: readonly string[]): [string, readonly string[]] {
  const at = positionals.findIndex((word) => /^[a-z][a-z0-9+.-]*:\/\//i.test(word));
  if (at >= 0) return [positionals[at] as string, positionals.toSpliced(at, 1)];
  const url = urlOfEnvironment();
  if (url !== undefined) return [url, positionals];
  const hint = `write postgres://user@host/database or mysql://user@host/database, or set $${TARGET_URL}`;
  throw badArgument('<url>', 'missing_argument', 'the database is not named', hint);
}

/** `shop-20260309-101500.receipt.json`, in the folder at hand. */
function nameOf({ target }: Target): string {
  const database = decodeURIComponent(target.url.split('/').at(-1) ?? '').replaceAll(/[^\p{L}\p{N}_-]/gu, '_');
  const at = new Date().toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${database.slice(0, 60)}-${at}.receipt.json`;
}
