import type { UndoReport } from '@datamaker/seeding';
import type { Arguments, Command } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { print } from '../output/print.ts';
import { say } from '../output/say.ts';
import { ask, needTerminal } from '../seeding/ask.ts';
import { countRows, drawUndo } from '../seeding/draw-undo.ts';
import { EDITED_FLAG, readEdited } from '../seeding/edited-rows.ts';
import { TARGET_URL, targetOfReceipt } from '../seeding/open-target.ts';
import { readReceipt, writeReceipt } from '../seeding/receipt-file.ts';
import { refuseUndo } from '../seeding/refuse-undo.ts';
import { TableProgress } from '../seeding/table-progress.ts';
import { withSession } from '../seeding/with-session.ts';
import { interruptible } from '../signals/interruptible.ts';

export const undo: Command = {
  name: 'undo',
  summary: 'remove exactly the rows that a seed has written',
  usage: '<receipt.json> [url] [options]',
  positionals: { min: 1, max: 2, name: 'receipt.json' },
  flags: [
    { name: 'dry-run', summary: 'only say what would be removed' },
    EDITED_FLAG,
    { name: 'yes', short: 'y', summary: 'do not ask' },
    { name: 'json', summary: 'what was removed, or would be, as JSON' },
    { name: 'elsewhere', summary: 'the database of the receipt is at another address by now: the one that is named' },
  ],
  notes: [
    'Rows are removed children first, in one transaction. Rows that were there before, or came since, are not touched: where some of those refer to rows of the seed, nothing is removed at all, and they are listed.',
    `The receipt says where the rows are. A password comes from the URL, from $${TARGET_URL} in place of it, or from $PGPASSWORD or $MYSQL_PWD.`,
    'Receipts of servers (GET /runs/{id}/receipt) are taken as well.',
  ],
  examples: ['datamaker undo shop.receipt.json --dry-run', 'datamaker undo shop.receipt.json --edited keep --yes'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [path = '', url] = args.positionals;
  const edited = readEdited(args);
  const isDry = args.flags.has('dry-run');
  const isJson = args.flags.has('json');
  const document = await readReceipt(path);
  if (!isDry && !args.flags.has('yes')) needTerminal('--yes, or --dry-run');
  const { receipt, target: kept } = document;
  const target = await targetOfReceipt(kept, url, args.flags.has('elsewhere'));
  const { undoSeed } = await import('@datamaker/seeding');
  await interruptible((signal) =>
    withSession(target, isDry, signal, async (session) => {
      const isAsked = !isDry && !args.flags.has('yes');
      if (isDry || isAsked) {
        const looked = await undoSeed(session, receipt, { edited, dryRun: true, signal });
        if (isDry) await print(isJson ? jsonOf(looked) : drawUndo(looked));
        else say(drawUndo(looked));
        refuseUndo(looked);
        if (isDry) return;
        const rows = looked.tables.reduce((sum, table) => sum + table.removed, 0);
        if (!(await ask(`Remove ${countRows(rows)} from ${target.name}?`, signal))) {
          throw new CommandError(1, 'not_confirmed', 'nothing was removed');
        }
      }
      const progress = new TableProgress('removed');
      const report = await undoSeed(session, receipt, {
        edited,
        signal,
        onProgress: ({ table, rows, of }) => progress.update(table, rows, of),
      }).finally(() => progress.clear());
      if (isJson) await print(jsonOf(report));
      else if (!isAsked || !report.isDone) say(drawUndo(report));
      refuseUndo(report);
      const removed = report.tables.reduce((sum, table) => sum + table.removed, 0);
      say(`${countRows(removed)} removed\n`);
      if (report.tables.every((table) => table.kept === 0)) {
        await writeReceipt(path, { ...document, undo: { undoneAt: new Date().toISOString() } });
      }
    }),
  );
}

const jsonOf = ({ isDone, reason, tables, edited, uses, uncompared }: UndoReport): string =>
  `${JSON.stringify({ done: isDone, reason, tables, edited, uses, uncompared }, undefined, 2)}\n`;
