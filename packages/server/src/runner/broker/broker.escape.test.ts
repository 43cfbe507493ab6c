import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../sandbox/open-sandbox.ts';
import { BROKER_PROBES, BROKER_SOCKET } from '../sandbox/probes/broker.ts';
import type { Finding } from '../sandbox/probes/probe.ts';
import { tryProbes } from '../sandbox/probes/try-probes.ts';
import { SETTINGS } from '../sandbox/testing/open-test-sandbox.ts';
import type { BrokerHandler } from './broker-handler.ts';
import { type Broker, openBroker } from './open-broker.ts';

const [TOKEN, OTHER] = ['dmr_the_token_of_this_run', 'dmr_that_of_another_run_x'];

/** The API: tells what it was asked. */
const telling: BrokerHandler = async ({ path, headers, body }) => {
  await text(body);
  return { status: 200, headers: {}, body: Readable.from([Buffer.from(JSON.stringify({ path, headers }))]) };
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dm-broker-'));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'file'), 'of another run', { mode: 0o644 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const facts = () => ({
  token: TOKEN,
  otherToken: OTHER,
  otherSocket: join(folder, 'other'),
  otherFile: join(folder, 'file'),
});

describe('from inside of a sandbox, the broker of its run', () => {
  const brokers: Broker[] = [];
  let findings: Finding[];
  beforeAll(async () => {
    for (const [name, token] of [
      ['own', TOKEN],
      ['other', OTHER],
    ] as const) {
      const path = join(folder, name);
      brokers.push(await openBroker({ path, token, handler: telling, onError: () => undefined }));
      chmodSync(path, 0o777);
    }
    const driver = await openSandbox(SETTINGS);
    const mounts = [{ source: join(folder, 'own'), target: BROKER_SOCKET, writable: false }];
    findings = await tryProbes(driver, (await driver.report()).python, BROKER_PROBES, { mounts, broker: facts() });
  });
  afterAll(() => Promise.all(brokers.map((broker) => broker.close())));

  it.each(BROKER_PROBES)('$name: $tries', ({ name }) => {
    expect(findings.find((finding) => finding.name === name)).toMatchObject({ verdict: 'denied' });
  });
});

// Probes that find nothing anywhere would prove nothing.
it('finds most of these ways open where anything is answered, and the other run is there to see', async () => {
  const all = createServer((request, response) => {
    request.resume();
    response.end(JSON.stringify(request.headers));
  });
  all.on('connect', (_request, socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  const path = join(folder, 'all');
  await new Promise<void>((resolve) => all.listen(path, resolve));
  chmodSync(path, 0o777);
  try {
    const driver = await openSandbox(SETTINGS);
    const mounts = [
      { source: path, target: BROKER_SOCKET, writable: false },
      { source: path, target: '/run/other', writable: false },
      { source: join(folder, 'file'), target: '/run/file', writable: false },
    ];
    const broker = { ...facts(), otherSocket: '/run/other', otherFile: '/run/file' };
    const findings = await tryProbes(driver, (await driver.report()).python, BROKER_PROBES, { mounts, broker });
    expect(findings.filter(({ verdict }) => verdict === 'broken')).toEqual([]);
    // What Node itself refuses, and what the mount does.
    const shut = findings.filter(({ verdict }) => verdict === 'denied').map(({ name }) => name);
    expect(shut).toEqual([
      'broker-socket-replaced',
      'broker-long-head',
      'broker-two-lengths',
      'broker-length-and-chunks',
      'broker-line-in-header',
    ]);
  } finally {
    all.closeAllConnections();
    await new Promise((resolve) => all.close(resolve));
  }
});
