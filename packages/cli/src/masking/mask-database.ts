import { existsSync } from 'node:fs';
import type { Session } from '@datamaker/connectors';
import type { MaskKey } from '@datamaker/engine';
import type { MaskPass, MaskPlan, MaskReport } from '@datamaker/seeding';
import { type Arguments, flagValue, flagValues } from '../arguments/command.ts';
import { badArgument, badInput, CommandError, type Problem } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { ask, needTerminal } from '../seeding/ask.ts';
import { needPlanForJson } from '../seeding/need-plan-for-json.ts';
import { readTarget, type Target } from '../seeding/open-target.ts';
import { TableProgress } from '../seeding/table-progress.ts';
import { withSession } from '../seeding/with-session.ts';
import { interruptible } from '../signals/interruptible.ts';
import type { SourceText } from '../template/source-text.ts';
import { drawMaskPlan, drawSuggestions } from './draw-mask-plan.ts';
import { jsonOfMaskPlan } from './json-of-mask-plan.ts';
import { MaskReceiptFile } from './mask-receipt-file.ts';
import { readMaskKey } from './read-mask-key.ts';
import { readPolicy } from './read-policy.ts';

/** Copies one database into another, masked. */
export async function maskDatabase(args: Arguments): Promise<void> {
  const [from = '', to] = args.positionals;
  if (to === undefined) {
    throw badArgument(
      '<destination>',
      'missing_argument',
      'the database to write to is not named',
      'write two URLs: the source, then the destination',
    );
  }
  const schemas = flagValues(args, 'schema');
  const [source, destination] = [await readTarget(urlOf(from), schemas), await readTarget(urlOf(to), schemas)];
  if (source.target.url === destination.target.url) {
    throw badArgument(
      '<destination>',
      'same_database',
      'source and destination are the same database',
      'name another one to write to',
    );
  }
  const policyPath = flagValue(args, 'policy');
  const policy = policyPath === undefined ? undefined : await readPolicy(policyPath);
  const key = await readMaskKey(flagValue(args, 'key-file'));
  const isPlan = args.flags.has('plan');
  needPlanForJson(args);
  if (!isPlan && !args.flags.has('yes')) needTerminal('--yes, or --plan');
  const receipt = flagValue(args, 'receipt') ?? nameOf(destination);
  if (!isPlan && existsSync(receipt)) {
    throw badArgument('--receipt', 'receipt_exists', `${receipt} is there already`, 'name another file');
  }
  const replace = args.flags.has('replace');
  await interruptible((signal) =>
    withSession(source, true, signal, (here) =>
      withSession(destination, isPlan, signal, async (there) => {
        const { planMask, refuseSame } = await import('@datamaker/seeding');
        await refuseSame(here, there);
        const plan = await planMask(here, there, {
          policy: policy?.document,
          key,
          tables: tablesOf(args),
          replace,
          signal,
        });
        const shown = args.flags.has('json') ? jsonOfMaskPlan(plan) : drawMaskPlan(plan);
        if (isPlan) await print(shown);
        else say(shown);
        refuse(plan, policy?.text, source);
        if (isPlan) return;
        const rows = plan.tables.reduce((sum, table) => sum + table.rows, 0);
        const question = `Write ${rows.toLocaleString('en')} rows into ${destination.name}${replace ? ', in place of those that are there' : ''}?`;
        if (!args.flags.has('yes') && !(await ask(question, signal)))
          throw new CommandError(1, 'not_confirmed', 'nothing was written');
        const file = new MaskReceiptFile(receipt, { source: source.target, destination: destination.target });
        await write({ here, there, plan, key, replace, file, signal });
      }),
    ),
  );
}

interface Writing {
  readonly here: Session;
  readonly there: Session;
  readonly plan: MaskPlan;
  readonly key: MaskKey | undefined;
  readonly replace: boolean;
  readonly file: MaskReceiptFile;
  readonly signal: AbortSignal;
}

const VERBS: Readonly<Record<MaskPass, string>> = {
  copied: 'copied',
  'keys in circles': 'given their keys',
  'read back': 'read back',
};

async function write({ here, there, plan, key, replace, file, signal }: Writing): Promise<void> {
  const { applyMask } = await import('@datamaker/seeding');
  await file.keep('running');
  let pass: MaskPass = 'copied';
  let progress = new TableProgress(VERBS[pass]);
  let report: MaskReport;
  try {
    report = await applyMask(here, there, plan, {
      key,
      replace,
      signal,
      onProgress: ({ table, rows, of, pass: now }) => {
        if (now !== pass) progress = new TableProgress(VERBS[now]);
        pass = now;
        progress.update(table, rows, of);
      },
    });
  } catch (error) {
    progress.clear();
    const isKnown = (error as { problem?: string }).problem !== 'unknown_outcome';
    await file.keep(isKnown ? (signal.aborted ? 'cancelled' : 'failed') : 'unknown').catch(() => undefined);
    say(
      isKnown
        ? 'nothing was written: it was one transaction\n'
        : 'whether the rows were kept is not known: look whether they are there\n',
    );
    throw error;
  }
  await file.keep('done', report);
  say(drawReport(report));
  say(`receipt: ${file.path}\n`);
}

function drawReport({ tables, joins }: MaskReport): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const masked = tables.flatMap(({ columns }) => columns).filter(({ strategy }) => strategy !== 'preserve');
  const looked = masked.reduce((sum, { lookedFor }) => sum + lookedFor, 0);
  const found = masked.reduce((sum, column) => sum + column.found, 0);
  const same = masked.filter(({ unchanged }) => unchanged > 0).length;
  return `${[
    `${number(rows)} rows in ${number(tables.length)} tables, ${number(masked.length)} columns masked`,
    `checked: all rows read back as they were written; ${number(looked)} values of the source looked for, ${number(found)} found; ${number(joins)} foreign keys followed, 0 rows without their parent`,
    ...(same === 0
      ? []
      : [`in ${number(same)} columns some short values are the same by chance; the receipt counts them`]),
  ].join('\n')}\n`;
}

const number = (value: number): string => value.toLocaleString('en');

/** Tells all at once. @throws CommandError */
function refuse(plan: MaskPlan, policy: SourceText | undefined, source: Target): void {
  if (plan.problems.length === 0) return;
  const problems = plan.problems.map(
    ({ code, subject, message, hint, pointer }): Problem => ({
      code,
      place: pointer === undefined || policy === undefined ? subject : policy.placeOf(pointer),
      message: pointer === undefined || policy === undefined ? message : `${subject}: ${message}`,
      ...(hint === undefined ? {} : { hint }),
    }),
  );
  if (plan.suggestions.length > 0) {
    say(
      `\nLines for the policy, to be looked at one by one ("preserve" leaves a column as it is):\n\n${drawSuggestions(plan.suggestions)}\n\n`,
    );
  }
  throw badInput(`masking ${source.name}`, problems);
}

function urlOf(word: string): string {
  const [, name] = /^env:(.+)$/i.exec(word) ?? [];
  if (name === undefined) return word;
  const url = process.env[name];
  if (url !== undefined && url !== '') return url;
  throw badArgument(word, 'missing_value', `the variable ${name} is not set`, 'set it to a URL, or write the URL');
}

function tablesOf(args: Arguments): readonly string[] | undefined {
  const names = flagValues(args, 'tables')
    .flatMap((list) => list.split(',').map((name) => name.trim()))
    .filter((name) => name !== '');
  return names.length === 0 ? undefined : names;
}

/** `shop-20260309-101500.mask.json`, in the folder at hand. */
function nameOf({ target }: Target): string {
  const database = decodeURIComponent(target.url.split('/').at(-1) ?? '').replaceAll(/[^\p{L}\p{N}_-]/gu, '_');
  const at = new Date().toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${database.slice(0, 60)}-${at}.mask.json`;
}
