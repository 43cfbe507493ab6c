import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BLOCK_BYTES } from '../output/block-writer.ts';
import { DIRECT_FROM } from '../output/file-writer.ts';
import { CUSTOMER, DATAMAKER, shell, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';

/** More rows than anybody waits for. */
const ENDLESS = '1e12';

/** So much of a file is on the disk that it is written in blocks. */
const IN_BLOCKS = DIRECT_FROM + 2 * BLOCK_BYTES;

/** Starts an endless run into a file, waits until enough of it is on the disk, sends the signal and waits for the end. */
async function interrupt(signal: NodeJS.Signals, threads: string, bytes: number) {
  const folder = temporaryFolder();
  const template = writeTemplate(folder, CUSTOMER);
  const out = join(folder, 'out.csv');
  writeFileSync(out, 'what was there before');
  const [node, ...words] = DATAMAKER;
  const child = spawn(
    node,
    [...words, 'generate', template, '-n', ENDLESS, '-s', '1', '--threads', threads, '--out', out],
    { stdio: 'ignore' },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.on('close', (code, by) => resolve({ code, signal: by }));
  });
  await vi.waitUntil(
    () => readdirSync(folder).some((name) => name.endsWith('.partial') && statSync(join(folder, name)).size >= bytes),
    {
      timeout: 30_000,
      interval: 10,
    },
  );
  child.kill(signal);
  return { ...(await ended), files: readdirSync(folder).sort(), out: readFileSync(out, 'utf8') };
}

describe('a run that ends early', () => {
  it.each([
    ['SIGINT', '1', 1, 130],
    ['SIGINT', '1', IN_BLOCKS, 130],
    ['SIGINT', '2', IN_BLOCKS, 130],
    ['SIGTERM', '1', IN_BLOCKS, 143],
    ['SIGHUP', '2', 1, 129],
  ] as const)(
    'leaves the old file and no half-written one on %s with %s threads and %i bytes',
    async (signal, threads, bytes, code) => {
      expect(await interrupt(signal, threads, bytes)).toEqual({
        code,
        signal: null,
        files: ['out.csv', 'template.json'],
        out: 'what was there before',
      });
    },
  );

  it('ends at once on a signal while it waits for a reader', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    // Nobody opens `unopened`. Of `full` one byte is read: the run fills the pipe and waits.
    const { stdout } = await shell(`cd ${folder}; mkfifo full unopened; exec 5<>full
      start generate ${template} -n ${ENDLESS} -s 1 --out unopened & waiter=$!
      start generate ${template} -n ${ENDLESS} -s 1 > full & writer=$!
      head -c 1 <&5 > begun
      kill -TERM $writer $waiter
      wait $writer; echo $?; wait $waiter; echo $?`);
    expect(stdout.toString()).toBe('143\n143\n');
  });

  it('is no failure when the reader has seen enough', async () => {
    const template = writeTemplate(temporaryFolder(), CUSTOMER);
    const { stdout, stderr } = await shell(`set -o pipefail
      datamaker generate ${template} -n ${ENDLESS} -s 1 -f csv | head -n 1; echo $?
      datamaker generate ${template} -n ${ENDLESS} -s 1 -f csv --threads 2 | head -n 1; echo $?
      datamaker types --json | true; echo $?`);
    expect(stdout.toString()).toBe('id,uuid,email,balance\n0\nid,uuid,email,balance\n0\n0\n');
    expect(stderr).toBe('');
  });

  it('says that the device is full, with exit code 1', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const { stdout, stderr } = await shell(`cd ${folder}
      datamaker generate ${template} -n 9 -s 1 --out /dev/full; echo $?
      datamaker generate ${template} -n 9 -s 1 > /dev/full; echo $?
      datamaker types > /dev/full; echo $?`);
    expect(stdout.toString()).toBe('1\n1\n1\n');
    expect(stderr.match(/^error: disk_full: .* no space left on the device$/gm)).toHaveLength(3);
  });

  // KiB: less than what is written in blocks, in the middle of one, and in the middle of a page of one.
  it.each([64, 20_000, 20_001])('takes the half-written file away when it may not grow beyond %i KiB', async (most) => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const { stdout, stderr } = await shell(`cd ${folder}; ulimit -f ${most}
      datamaker generate ${template} -n ${ENDLESS} -s 1 --out out.csv; echo $?`);
    expect(stdout.toString()).toBe('1\n');
    expect(stderr).toMatch(/^error: file_too_large: out\.csv could not be written: /);
    expect(readdirSync(folder)).toEqual(['template.json']);
  });
});
