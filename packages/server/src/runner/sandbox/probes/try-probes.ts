import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { HostPython, SandboxDriver, SandboxMount } from '../sandbox.ts';
import { type Architecture, callNumbers } from '../seccomp/rules.ts';
import { harness } from './harness.ts';
import type { Finding, Probe, ProbeFacts } from './probe.ts';

/** What the job has that probes run in; default: nothing. */
interface Beside extends Pick<ProbeFacts, 'broker'> {
  readonly mounts?: readonly SandboxMount[];
}

/**
 * Runs probes in one sandbox of a driver, beside a file, sockets and a process of the host that they look for.
 * @returns a finding for each probe; one that printed nothing is `broken`
 */
export async function tryProbes(
  driver: SandboxDriver,
  python: HostPython,
  probes: readonly Probe[],
  { mounts = [], broker }: Beside = {},
): Promise<Finding[]> {
  const bait = await layBait();
  try {
    const facts: ProbeFacts = {
      ...bait.facts,
      process: process.pid,
      hostname: hostname(),
      visible: python.folders,
      writable: [],
      ...(broker === undefined ? {} : { broker }),
      numbers: callNumbers(process.arch as Architecture),
    };
    const started = await driver.start({
      argv: [python.executable, '-I', '-c', harness(probes, facts)],
      env: { PATH: '/usr/bin:/bin', HOME: '/tmp' },
      cwd: '/tmp',
      mounts,
      limits: { ...DEFAULT_LIMITS, wallMs: 60_000 },
    });
    const [said, complained, { outcome, code }] = await Promise.all([
      textOf(started.stdout),
      textOf(started.stderr),
      started.ended,
    ]);
    const findings = new Map(
      said
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line): [string, Finding] => [JSON.parse(line).name, JSON.parse(line)]),
    );
    const silent = complained.trim().split('\n').at(-1) ?? '';
    return probes.map(
      ({ name }) =>
        findings.get(name) ?? { name, verdict: 'broken', detail: `said nothing (${outcome}, code ${code}): ${silent}` },
    );
  } finally {
    await bait.remove();
  }
}

interface Bait {
  readonly facts: Pick<ProbeFacts, 'canary' | 'file' | 'socket' | 'abstractSocket' | 'port'>;
  remove(): Promise<void>;
}

/** Things that everybody on the host may read and reach. The canary is in the environment of the server as well, while probes run. */
async function layBait(): Promise<Bait> {
  const canary = `canary-${randomBytes(12).toString('hex')}`;
  const folder = mkdtempSync(join(tmpdir(), 'datamaker-bait-'));
  chmodSync(folder, 0o755);
  const file = join(folder, 'file');
  writeFileSync(file, canary, { mode: 0o644 });
  const socket = join(folder, 'socket');
  const abstractSocket = `datamaker-${canary}`;
  const servers: Server[] = [];
  const listen = async (where: { path: string } | { host: string; port: number }): Promise<Server | undefined> => {
    const server = createServer((client) => client.on('error', () => {}).end());
    const listens = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(where, () => resolve(true));
    });
    if (listens) servers.push(server);
    return listens ? server : undefined;
  };
  const four = await listen({ host: '127.0.0.1', port: 0 });
  const address = four?.address();
  const port = typeof address === 'object' && address ? address.port : 9;
  // Hosts without IPv6 have one way less.
  await listen({ host: '::1', port });
  await listen({ path: socket });
  chmodSync(socket, 0o777);
  if (process.platform === 'linux') await listen({ path: `\0${abstractSocket}` });
  process.env['DATAMAKER_SANDBOX_CANARY'] = canary;
  return {
    facts: { canary, file, socket, abstractSocket, port },
    async remove() {
      delete process.env['DATAMAKER_SANDBOX_CANARY'];
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}
