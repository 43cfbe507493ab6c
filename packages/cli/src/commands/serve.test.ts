import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DATAMAKER, datamaker, temporaryFolder } from '../testing/run-datamaker.ts';

/** Starts the server in a folder of its own and waits until it says it is ready. */
async function start() {
  const folder = temporaryFolder();
  const [node, ...words] = DATAMAKER;
  const child = spawn(node, [...words, 'serve', '--port', '0', '--data-dir', join(folder, 'data')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DATAMAKER_API_KEY: '', DATABASE_URL: '' },
  });
  let shown = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk;
      if (shown.includes('ready at')) resolve();
    });
    child.stderr.on('data', (chunk: Buffer) => (shown += chunk));
    child.on('close', (code) => reject(new Error(`ended with ${code}: ${shown}`)));
  });
  return { child, ended, shown: () => shown };
}

describe('datamaker serve', () => {
  it('says where it is and which key it made, answers, and stops cleanly', async () => {
    const { child, ended, shown } = await start();
    const key = /^Your API key, shown only this once: (\S{24,})$/m.exec(shown())?.[1];
    const url = /^DataMaker is ready at (http:\S+)$/m.exec(shown())?.[1];
    expect(key).toBeDefined();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    // Ctrl-C reaches it once from the terminal and once from each parent.
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(shown()).not.toContain('error');
  });

  it('refuses a port that is none, and says when one is taken', async () => {
    expect(await datamaker(['serve', '--port', '70000'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--port: a port is'),
    });
    const { shown } = await start();
    const port = /:(\d+)$/m.exec(shown())?.[1] as string;
    const second = await datamaker(['serve', '--port', port, '--data-dir', join(temporaryFolder(), 'data')]);
    expect(second).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^error: cannot_start: Port \d+ is in use/m),
    });
  });
});
