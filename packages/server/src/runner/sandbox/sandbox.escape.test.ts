import { spawn } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { findPython } from './host-python.ts';
import { openSandbox } from './open-sandbox.ts';
import { PROBES } from './probes/all-probes.ts';
import type { Finding } from './probes/probe.ts';
import { tryProbes } from './probes/try-probes.ts';
import type { HostPython, SandboxDriver, SandboxProcess } from './sandbox.ts';
import { asOrdinaryUser } from './testing/as-ordinary-user.ts';
import { openTestSandbox, SETTINGS } from './testing/open-test-sandbox.ts';

/** Debian's: an ordinary user reaches it, wherever the first one in PATH lies. */
const PYTHON = '/usr/bin/python3';

it('has more than sixty ways out to try, each with a name of its own', () => {
  expect(PROBES.length).toBeGreaterThanOrEqual(60);
  expect(new Set(PROBES.map(({ name }) => name)).size).toBe(PROBES.length);
});

describe.each([
  ['as this process starts it', (): Promise<SandboxDriver> => openSandbox(SETTINGS)],
  ['started by an ordinary user', (): Promise<SandboxDriver> => openTestSandbox(asOrdinaryUser, PYTHON)],
])('a sandbox %s', (_, open) => {
  let findings: Finding[];
  beforeAll(async () => {
    const driver = await open();
    findings = await tryProbes(driver, (await driver.report()).python, PROBES);
  });

  it.each(PROBES)('$name: $tries', ({ name }) => {
    expect(findings.find((finding) => finding.name === name)).toMatchObject({ verdict: 'denied' });
  });
});

// Probes that find nothing anywhere would prove nothing.
it('finds most of these ways open where there is no sandbox', async () => {
  const python = await findPython(PYTHON);
  const findings = await tryProbes(new Bare(python), python, PROBES);
  expect(findings.filter(({ verdict }) => verdict === 'broken')).toEqual([]);
  const open = findings.filter(({ verdict }) => verdict === 'open').map(({ name }) => name);
  expect(open.length).toBeGreaterThanOrEqual(60);
  const surely =
    'host-users etc host-file home-folders writable-mounts programs setuid-programs devices sys system-call-filter processes loopback host-socket abstract-socket shell object-graph';
  for (const name of surely.split(' ')) expect(open).toContain(name);
});

/** Nothing but another user than root, for whom some of the probes are dangerous. */
class Bare implements SandboxDriver {
  readonly name = 'none';
  readonly #python: HostPython;

  constructor(python: HostPython) {
    this.#python = python;
  }

  async start({ argv }: Parameters<SandboxDriver['start']>[0]): Promise<SandboxProcess> {
    const drop =
      process.geteuid?.() === 0 ? ['setpriv', '--reuid', '61999', '--regid', '61999', '--clear-groups'] : ['env'];
    const [program = '', ...given] = [...drop, ...argv];
    const { stdout, stderr } = spawn(program, given, { cwd: '/tmp', stdio: ['ignore', 'pipe', 'pipe'] });
    return { stdout, stderr, ended: Promise.resolve({ outcome: 'exited', code: 0, signal: null, peakMemoryBytes: 0 }) };
  }

  async report(): Promise<Awaited<ReturnType<SandboxDriver['report']>>> {
    return {
      driver: 'none',
      platform: '',
      version: undefined,
      python: this.#python,
      assurances: [],
      probes: 0,
      banner: undefined,
    };
  }
}

it('says what it isolates, and by what', async () => {
  const report = await (await openSandbox(SETTINGS)).report();
  expect(report).toMatchObject({ driver: 'bwrap', probes: PROBES.length, banner: undefined });
  expect(report.assurances.every(({ holds, how }) => holds && how !== '')).toBe(true);
});
