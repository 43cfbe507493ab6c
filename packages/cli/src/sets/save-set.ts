import { type Arguments, flagValue } from '../arguments/command.ts';
import { toNumber } from '../arguments/to-number.ts';
import { badArgument, badInput } from '../errors/command-error.ts';
import { findNamed, TEMPLATES } from '../remote/find-named.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { writeRow } from '../rows/parse-row.ts';
import { readRows } from '../rows/read-rows.ts';
import { openRows } from '../rows/row-source.ts';
import type { RemoteSet } from './remote-set.ts';

/** Rows that a request may bring. */
const MOST_ROWS = 100_000;

/** Saves the rows of a file, or of a template, under a name. @throws CommandError */
export async function saveSet(api: ServerApi, name: string, args: Arguments): Promise<RemoteSet> {
  const file = flagValue(args, 'rows');
  const template = flagValue(args, 'template');
  if ((file === undefined) === (template === undefined)) {
    const hint = '--rows customers.csv, or --template Customer --count 100 --seed demo';
    throw badArgument('--rows', 'missing_rows', 'a set is made of either --rows or --template', hint);
  }
  for (const flag of template === undefined ? ['count', 'seed'] : ['format']) {
    const with_ = template === undefined ? '--rows' : '--template';
    if (!args.flags.has(flag)) continue;
    throw badArgument(`--${flag}`, 'unexpected_option', `--${flag} does nothing with ${with_}`, 'leave it out');
  }
  const post = { method: 'POST', once: true } as const;
  if (template === undefined) return api.json('/sets', { ...post, body: await bodyOf(name, file ?? '-', args) });
  const seed = flagValue(args, 'seed');
  const body = {
    name,
    template_id: await findNamed(api, TEMPLATES, template),
    count: toNumber(flagValue(args, 'count') ?? '10'),
    ...(seed === undefined ? {} : { seed }),
  };
  return api.json('/sets', { ...post, body });
}

/** The request as JSON: numbers keep all their digits. */
async function bodyOf(name: string, file: string, args: Arguments): Promise<string> {
  const source = openRows(file, flagValue(args, 'format'));
  const rows: string[] = [];
  for await (const batch of readRows(source, ',')) {
    for (const row of batch.rows) rows.push(writeRow(row));
    if (rows.length <= MOST_ROWS) continue;
    const message = `it has more than ${MOST_ROWS.toLocaleString('en')} rows, which is the most that can be given`;
    throw badInput(source.name, [{ code: 'too_many_rows', message }]);
  }
  return `{"name":${JSON.stringify(name)},"rows":[${rows.join(',')}]}`;
}
