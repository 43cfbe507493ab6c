import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { BACKUP_ERRORS } from '../../packages/server/src/store/backup/backup-error.ts';

it('docs/how-to/back-up-and-restore.md lists the errors of backups', () => {
  const page = readFileSync(
    fileURLToPath(new URL('../../docs/how-to/back-up-and-restore.md', import.meta.url)),
    'utf8',
  );
  const rows = page.split('\n').flatMap((line) => {
    const [, code, meaning] = /^\| `(\w+)` +\| (.*?) +\|$/.exec(line) ?? [];
    return code === undefined ? [] : [[code, meaning]];
  });
  expect(Object.fromEntries(rows)).toEqual(BACKUP_ERRORS);
});
