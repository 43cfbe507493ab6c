import type { Arguments, Command } from '../arguments/command.ts';
import { CommandError } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { cut } from '../output/cut.ts';
import { drawTable } from '../output/draw-table.ts';
import { print } from '../output/print.ts';
import { TARGET_URL, targetOfReceipt } from '../seeding/open-target.ts';
import { readReceipt } from '../seeding/receipt-file.ts';
import { withSession } from '../seeding/with-session.ts';
import { interruptible } from '../signals/interruptible.ts';

export const verify: Command = {
  name: 'verify',
  summary: 'read back what a seed has written',
  usage: '<receipt.json> [url] [options]',
  positionals: { min: 1, max: 2, name: 'receipt.json' },
  flags: [
    { name: 'elsewhere', summary: 'the database of the receipt is at another address by now: the one that is named' },
    { name: 'json', summary: 'as JSON' },
  ],
  notes: [
    'All rows are made again and compared with what is there: how many there are, how many were changed since, and a checksum of their keys. The exit code is 1 when not all are there as they were written.',
    `The receipt says where the rows are. A password comes from the URL, from $${TARGET_URL} in place of it, or from $PGPASSWORD or $MYSQL_PWD.`,
  ],
  examples: ['datamaker verify shop.receipt.json'],
  run,
};

async function run(args: Arguments): Promise<void> {
  const [path = '', url] = args.positionals;
  const { receipt, target: kept } = await readReceipt(path);
  const target = await targetOfReceipt(kept, url, args.flags.has('elsewhere'));
  const { verifySeed } = await import('@datamaker/seeding');
  await interruptible((signal) =>
    withSession(target, true, signal, async (session) => {
      const { ok, tables, unchecked, uncompared } = await verifySeed(session, receipt, signal);
      const isJson = args.flags.has('json');
      if (isJson) await print(`${JSON.stringify({ ok, tables, unchecked, uncompared }, undefined, 2)}\n`);
      const lines = tables.map(({ table, expected, found, edited, expectedKeys, foundKeys }) => [
        cut(printable(table), 60),
        expected.toLocaleString('en'),
        found.toLocaleString('en'),
        edited.toLocaleString('en'),
        foundKeys === expectedKeys ? expectedKeys : `${foundKeys}, and not ${expectedKeys}`,
      ]);
      const header = ['table', 'written', 'there', 'changed since', 'checksum of keys'];
      if (!isJson) await print(`${drawTable([header, ...lines], new Set([1, 2, 3])).join('\n')}\n`);
      if (!isJson && unchecked.length > 0)
        await print(`not checked, since nothing tells rows apart: ${unchecked.join(', ')}\n`);
      if (!isJson && uncompared.length > 0) await print(`not compared: ${uncompared.map(printable).join(', ')}\n`);
      if (!ok) throw new CommandError(1, 'rows_differ', 'not all rows are there as they were written');
    }),
  );
}
