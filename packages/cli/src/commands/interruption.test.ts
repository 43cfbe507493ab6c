import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CUSTOMER, DATAMAKER, shell, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';

/** More rows than anybody waits for. */
const ENDLESS = '1e12';

/** Starts an endless run into a file, waits until some of it is on the disk, sends the signal and waits for the end. */
async function interrupt(signal: NodeJS.Signals, threads: string) {
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
    () => readdirSync(folder).some((name) => name.endsWith('.partial') && statSync(join(folder, name)).size > 0),
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
    ['SIGINT', '1', 130],
    ['SIGINT', '2', 130],
    ['SIGTERM', '1', 143],
    ['SIGHUP', '2', 129],
  ] as const)('leaves the old file and no half-written one on %s with %s threads', async (signal, threads, code) => {
    expect(await interrupt(signal, threads)).toEqual({
      code,
      signal: null,
      files: ['out.csv', 'template.json'],
      out: 'what was there before',
    });
  });

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

  it('takes the half-written file away when it may not grow on', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const { stdout, stderr } = await shell(`cd ${folder}; ulimit -f 64
      datamaker generate ${template} -n ${ENDLESS} -s 1 --out out.csv; echo $?`);
    expect(stdout.toString()).toBe('1\n');
    expect(stderr).toMatch(/^error: file_too_large: out\.csv could not be written: /);
    expect(readdirSync(folder)).toEqual(['template.json']);
  });
});
