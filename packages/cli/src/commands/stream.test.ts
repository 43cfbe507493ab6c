import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CUSTOMER, DATAMAKER, datamaker, execute, temporaryFolder, writeTemplate } from '../testing/run-datamaker.ts';
import { runLines } from '../testing/together.ts';

/** A server that notes the ids of rows, and answers after they are noted: from the `held`th row on not before it is let go. */
async function receiver(held = Number.POSITIVE_INFINITY) {
  const ids: number[] = [];
  const { promise: free, resolve: letGo } = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk;
    });
    request.on('end', async () => {
      ids.push(...[JSON.parse(body) as { id: number }[]].flat().map(({ id }) => id));
      if (ids.length >= held) await free;
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { ids, letGo, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events` };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('datamaker stream', () => {
  it('writes the rows of `datamaker generate`, to stdout and behind what is in a file', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const words = (command: string, ...more: string[]) => [command, template, '--seed', 'demo', ...more];
    const file = join(folder, 'rows.csv');
    const [lines, csv, shown, first, second] = await runLines(
      [
        words('generate', '-n', '40', '-f', 'ndjson'),
        words('generate', '-n', '40', '-f', 'csv'),
        words('stream', '-n', '40', '--rate', '1e6'),
        words('stream', '-n', '15', '--rate', '1e6', '--to', file),
        words('stream', '-n', '25', '--from', '15', '--burst', '9', '--every', '1ms', '--to', file, '--json'),
      ].map((some) => ({ words: some })),
    );
    expect([shown, first, second]).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
    expect(shown?.stdout.toString()).toBe(lines?.stdout.toString());
    expect(readFileSync(file, 'utf8')).toBe(csv?.stdout.toString());
    expect(first?.stderr).toMatch(/^15 rows in [\d.]+ s, [\d,.]+ rows\/s -> .*rows\.csv\n$/);
    expect(JSON.parse(second?.stdout.toString() ?? '')).toMatchObject({
      ...{ state: 'done', from: 15, acknowledged: 25, next: 40, behind: 0, seed: 'demo' },
    });
  });

  it('stops on Ctrl-C with what is acknowledged, and the command that it tells sends the rest', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const { ids, url, letGo } = await receiver(20);
    const [node, ...words] = DATAMAKER;
    const flags = ['--rate', '200', '-n', '500', '--seed', "it's", '--to', url, '--json'];
    const child = spawn(node, [...words, 'stream', template, ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => (said.stdout += chunk));
    child.stderr.on('data', (chunk) => (said.stderr += chunk));
    const ended = new Promise((resolve) => child.on('close', resolve));
    await vi.waitUntil(() => ids.length >= 20, { timeout: 30_000, interval: 5 });
    child.kill('SIGINT');
    letGo();
    expect(await ended).toBe(130);
    const report = JSON.parse(said.stdout) as { acknowledged: number; next: number; resume: string };
    expect(report).toMatchObject({
      state: 'stopped',
      ahead: 0,
      doubtful: 0,
      acknowledged: ids.length,
      next: ids.length,
    });
    expect(ids.length).toBeLessThan(500);
    expect(said.stderr).toContain(`go on: ${report.resume}\n`);
    const { code } = await execute(
      ['bash', '-c', report.resume.replace('datamaker', DATAMAKER.join(' ')).replace('--rate 200', '--rate 1e6')],
      { cwd: folder },
    );
    expect(code).toBe(0);
    expect(ids.sort((one, other) => one - other)).toEqual(upTo(500));
  });

  it('shows nothing that is secret in a URL or a header', async () => {
    const template = writeTemplate(temporaryFolder(), CUSTOMER);
    const to = 'http://ann:s3cr3t@127.0.0.1:6000/events?token=s3cr3t';
    const words = ['stream', template, '--rate', '5', '-n', '5', '--header', 'x-key: s3cr3t', '--to', to];
    const [text, json, header] = await runLines([
      { words },
      { words: [...words, '--json'] },
      { words: [...words, '--header', 's3cr3t'] },
    ]);
    expect([text, json, header]).toMatchObject([{ code: 1 }, { code: 1 }, { code: 2 }]);
    for (const ended of [text, json, header]) expect(`${ended?.stdout}${ended?.stderr}`).not.toContain('s3cr3t');
    expect(text?.stderr).toContain('error: target_refused: http://127.0.0.1:6000/events?… ');
  });

  it('says that a file could not be written, and ends it with a whole row', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const { code, stderr } = await datamaker(['stream', template, '--rate', '1e6', '-n', '5', '--to', '/dev/full']);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('error: disk_full: ') });
    const limited = await execute(
      [...['bash', '-c', `ulimit -f 8; ${DATAMAKER.join(' ')} stream ${template} --rate 1e6 -n 1000 --to rows.ndjson`]],
      { cwd: folder },
    );
    expect(limited).toMatchObject({ code: 1, stderr: expect.stringContaining('error: file_too_large: ') });
    const lines = readFileSync(join(folder, 'rows.ndjson'), 'utf8').split('\n');
    expect(lines.pop()).toBe('');
    const next = /--from (\d+)/.exec(limited.stderr)?.[1];
    expect(lines.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(upTo(Number(next)));
  });

  it('refuses what says nothing, or two things', async () => {
    const folder = temporaryFolder();
    const template = writeTemplate(folder, CUSTOMER);
    const http = ['--rate', '1', '--to', 'http://127.0.0.1:6000'];
    const lines: [string[], string][] = [
      [[], 'invalid_rate'],
      [['--rate', '0'], 'invalid_rate'],
      [['--rate', '5', '--burst', '5', '--every', '1s'], 'invalid_rate'],
      [['--every', '1s'], 'invalid_rate'],
      [['--burst', '5', '--every', '1 s'], 'invalid_duration'],
      [['--rate', '1', '--for', '0s'], 'invalid_duration'],
      [['--rate', '1', '--json'], 'option_needed'],
      [['--rate', '1', '--batch', '5'], 'unexpected_option'],
      [['--rate', '1', '--format', 'xlsx'], 'invalid_format'],
      [['--rate', '1', '--to', 'kafka://127.0.0.1', '--topic', 'a'], 'invalid_target'],
      [['--rate', '1', '--to', 'nats://127.0.0.1'], 'invalid_target'],
      [[...http, '--header', 'a\nb: c'], 'invalid_header'],
      [[...http, '--topic', 'a'], 'unexpected_option'],
      [[...http, '--format', 'csv'], 'invalid_format'],
    ];
    const fields = Array.from({ length: 20 }, (_, at) => ({
      ...{ name: `text${at}`, type: 'regex', options: { pattern: '[a-z]{4000}' } },
    }));
    const wide = writeTemplate(folder, { fields }, 'wide.json');
    expect(await datamaker(['stream', wide, ...http, '--batch', '10000'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('[batch_too_large]'),
    });
    const ended = await runLines(lines.map(([words]) => ({ words: ['stream', template, '-n', '1', ...words] })));
    for (const [index, [words, code]] of lines.entries()) {
      expect(ended[index], words.join(' ')).toMatchObject({ code: 2, stderr: expect.stringContaining(`[${code}]`) });
    }
  });
});
