import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { datamaker, shell, temporaryFolder } from '../testing/run-datamaker.ts';

/** Where a server has been started once: the first start makes a database, so it is done for all tests. */
let first: string | undefined;
afterAll(() => {
  if (first !== undefined) rmSync(first, { recursive: true, force: true });
});

/** A folder with the data of a server that has been started once. */
async function dataOfServer(): Promise<string> {
  first ??= mkdtempSync(join(tmpdir(), 'datamaker-cli-'));
  const folder = temporaryFolder();
  const { code, stderr } = await shell(`cd ${first}; export DATABASE_URL= DATAMAKER_DATA_DIR=
    if [ ! -e shown ]; then
      : > shown; (start serve --port 0 >> shown) & server=$!
      until grep -q 'ready at' shown; do kill -0 $server || exit 1; sleep 0.1; done
      kill $server; wait $server || exit 1
    fi
    cp -a . ${folder}`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return folder;
}

/** Each command may start a database. */
const STARTS_MS = 180_000;

describe('datamaker backup and restore', { timeout: STARTS_MS }, () => {
  it('go by a file that only its owner reads, or through a pipe, and say what they did', async () => {
    const folder = await dataOfServer();
    const { stdout, stderr, code } =
      await shell(`cd ${folder}; umask 0; export DATABASE_URL= DATAMAKER_DATA_DIR=.datamaker
      datamaker backup --out one.zip && stat -c %a one.zip
      datamaker backup --out - > two.zip
      mkdir other && cp .datamaker/secret other
      datamaker restore two.zip --data-dir other
      datamaker restore two.zip --data-dir other; echo $?
      datamaker restore one.zip --data-dir other --replace
      head -c 3000 one.zip > torn.zip; datamaker restore torn.zip --data-dir other --replace; echo $?
      cp shown not.zip; datamaker restore not.zip --data-dir other --replace; echo $?
      datamaker backup --out gone.zip --data-dir nowhere; echo $?
      datamaker backup --out - | true; echo \${PIPESTATUS[0]}`);
    expect(code).toBe(0);
    expect(stdout.toString()).toBe('600\n1\n2\n2\n1\n1\n');
    expect(stderr.split('\n').filter((line) => !line.startsWith('  hint: '))).toEqual([
      '4 rows -> one.zip',
      '.datamaker/secret is not in it: keep a copy elsewhere, or the keys in the backup are lost.',
      '4 rows -> stdout',
      '.datamaker/secret is not in it: keep a copy elsewhere, or the keys in the backup are lost.',
      '4 rows restored from two.zip',
      'error: not_empty: there is data of DataMaker already',
      '4 rows restored from one.zip',
      'error: damaged_backup: the backup is damaged: it ends too early',
      'error: not_a_backup: the file is not a backup of DataMaker: it is no ZIP archive',
      'error: no_data: there is no database in nowhere',
      'error: reader_gone: the reader of the backup has closed it before its end',
      '',
    ]);
    expect(readdirSync(folder).filter((name) => name.includes('partial') || name === 'gone.zip')).toEqual([]);
  });

  it('end on a signal with nothing half done', async () => {
    const folder = await dataOfServer();
    await datamaker(['backup', '--out', join(folder, 'whole.zip'), '--data-dir', join(folder, '.datamaker')]);
    const size = statSync(join(folder, 'whole.zip')).size;
    writeFileSync(join(folder, 'old.zip'), 'what was there before');
    const { stdout } = await shell(`cd ${folder}; export DATABASE_URL= DATAMAKER_DATA_DIR=.datamaker
      start backup --out old.zip 2> backup.log & backup=$!
      until set -- *.partial; [ -e "$1" ]; do kill -0 $backup || break; done
      kill -INT $backup; wait $backup; echo $?
      start restore whole.zip --replace 2> restore.log & restore=$!
      until [ -e .datamaker/postgres/postmaster.pid ]; do kill -0 $restore || break; done
      kill -TERM $restore; wait $restore; echo $?
      cat backup.log restore.log
      ls; ls .datamaker
      datamaker backup --out again.zip 2>&1 | head -n 1`);
    const shown = stdout.toString().split('\n');
    expect(shown.slice(0, 2)).toEqual(['130', '143']);
    expect(shown.slice(2, -2)).toEqual(
      'backup.log old.zip restore.log shown whole.zip master-keys postgres postgres.password runs secret spool'.split(
        ' ',
      ),
    );
    expect(shown.at(-2)).toBe('4 rows -> again.zip');
    expect(readFileSync(join(folder, 'old.zip'), 'utf8')).toBe('what was there before');
    expect(statSync(join(folder, 'whole.zip')).size).toBe(size);
  });

  it('want a file to write, that is no terminal', async () => {
    expect(await datamaker(['backup'])).toMatchObject({ code: 2, stderr: expect.stringContaining('[missing_option]') });
    const { stdout } = await shell(`script -qec "\${DATAMAKER//\\'/} backup --out -" /dev/null < /dev/null`);
    expect(stdout.toString()).toContain('[is_a_terminal]');
  });
});
