import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync } from 'node:fs';
import { release } from 'node:os';
import { PROBES } from '../probes/all-probes.ts';
import { tryProbes } from '../probes/try-probes.ts';
import { type HostPython, SandboxError, type SandboxReport } from '../sandbox.ts';
import type { SandboxSettings } from '../sandbox-settings.ts';
import { makeFilter } from '../seccomp/make-filter.ts';
import { BwrapDriver, type BwrapParts } from './bwrap-driver.ts';
import { disablesUserNamespaces, findTools, type Tools } from './find-tools.ts';
import { sweepOrphans } from './sweep-orphans.ts';
import { DEFAULT_USERS, UserSlots } from './user-slots.ts';

/** Below a folder that only root can write to and everybody may enter. */
const STAGE = '/run/datamaker-sandbox';

/** Scenarios give way to the server. */
const NICENESS = 5;

/**
 * A driver on bubblewrap that has been tried: every probe found its way shut.
 * @param alter changes the parts; only tests have one
 * @throws SandboxError when it cannot be had, or a probe found something
 */
export async function openBwrap(
  settings: SandboxSettings,
  python: HostPython,
  alter: (parts: BwrapParts) => BwrapParts = (parts) => parts,
): Promise<BwrapDriver> {
  const architecture = process.arch;
  if (process.platform !== 'linux' || (architecture !== 'x64' && architecture !== 'arm64')) {
    throw new SandboxError(
      'sandbox_platform',
      `There is no sandbox for ${process.platform} on ${architecture}: it needs Linux on x64 or arm64.`,
      'Run the server in Linux (a container or a virtual machine), or scenarios on workers there.',
    );
  }
  mustCountByNamespace(release());
  const tools = await findTools();
  sweepOrphans();
  const root = process.geteuid?.() === 0;
  const stage = root ? makeStage(tools) : undefined;
  const parts = alter({
    tools,
    python,
    filter: makeFilter(architecture),
    users: root ? new UserSlots(settings.users ?? DEFAULT_USERS) : undefined,
    stage,
    hidden: settings.hidden ?? [],
    niceness: NICENESS,
    report: reportOf(tools, python, root),
  });
  const driver = new BwrapDriver(parts);
  await mustBeTight(driver, python);
  return driver;
}

/**
 * Before Linux 5.14 the number of processes was one of a user on the whole host: a limit of a job would count what others run.
 * @throws SandboxError with `sandbox_platform`
 */
export function mustCountByNamespace(kernel: string): void {
  const [major = 0, minor = 0] = kernel.split('.').map((part) => Number.parseInt(part, 10));
  if (major > 5 || (major === 5 && minor >= 14)) return;
  throw new SandboxError(
    'sandbox_platform',
    `Linux ${kernel} does not count the processes of a sandbox by themselves.`,
    'Run the server, or its workers, on Linux 5.14 or later.',
  );
}

/** @throws SandboxError with `sandbox_not_tight`, which names the ways that are open, or why they could not be tried */
async function mustBeTight(driver: BwrapDriver, python: HostPython): Promise<void> {
  let findings: Awaited<ReturnType<typeof tryProbes>>;
  try {
    findings = await tryProbes(driver, python, PROBES);
  } catch (error) {
    if (!(error instanceof SandboxError) || error.code !== 'sandbox_start_failed') throw error;
    throw new SandboxError('sandbox_not_allowed', error.message, error.hint);
  }
  const found = findings.filter(({ verdict }) => verdict !== 'denied');
  if (found.length === 0) return;
  if (found.length === findings.length && found.every(({ verdict }) => verdict === 'broken')) {
    throw new SandboxError(
      'sandbox_not_tight',
      `The sandbox holds no program on this host, so that nothing could be tried: it ${found[0]?.detail}. No scenario is run.`,
      'See that the Python of the settings runs for other users, too.',
    );
  }
  const named = found.map(({ name, verdict, detail }, at) => `${name} is ${verdict}${at < 5 ? ` (${detail})` : ''}`);
  throw new SandboxError(
    'sandbox_not_tight',
    `The sandbox does not hold on this host: ${named.join(', ')}. No scenario is run.`,
    'See docs/explanation/sandbox.md for what each probe tries. Another kernel, another version of bubblewrap or a server of its own may help; tell us which host it is.',
  );
}

/**
 * A folder for the launcher's mounts, or undefined where root may not mount (then the ways to all sources have to be open). Nothing is ever in
 * it but in mount namespaces of launchers, so that all servers of a host may have the same.
 */
function makeStage({ unshare }: Tools): string | undefined {
  if (spawnSync(unshare, ['--mount', '--propagation', 'private', '--', 'true']).status !== 0) return undefined;
  try {
    mkdirSync(STAGE, { recursive: true, mode: 0o755 });
    return STAGE;
  } catch {
    // Containers may have all but /tmp read-only.
    const folder = mkdtempSync('/tmp/datamaker-sandbox-');
    chmodSync(folder, 0o755);
    return folder;
  }
}

function reportOf(tools: Tools, python: HostPython, root: boolean): SandboxReport {
  const how = (
    name: SandboxReport['assurances'][number]['name'],
    text: string,
  ): SandboxReport['assurances'][number] => ({
    name,
    holds: true,
    how: text,
  });
  return {
    driver: 'bwrap',
    platform: `${process.platform} ${process.arch}`,
    version: tools.version,
    python,
    assurances: [
      how(
        'files',
        'a root of its own: /usr and Python read-only, nothing of /etc, /tmp in memory, and the mounts of the job',
      ),
      how('network', 'a network namespace with nothing in it, and sockets of AF_UNIX only'),
      how('processes', 'a process namespace of its own, which ends with the job and with the server'),
      how(
        'system_calls',
        `a list of allowed calls (seccomp)${disablesUserNamespaces(tools.version) ? ', and no further namespaces of users' : ''}`,
      ),
      how(
        'user',
        root
          ? 'a user of its own for each job that runs, none of them root'
          : 'the user of the server, in a namespace without any of its rights',
      ),
      how('memory_limit', 'looked at every 50 ms over all processes, and RLIMIT_DATA for each; not a control group'),
      how('process_limit', 'RLIMIT_NPROC, which Linux 5.14 and later count for each sandbox'),
      how('disk_limit', '/tmp has a size; writable mounts are looked at, and RLIMIT_FSIZE bounds each file'),
      how('time_limit', 'the supervisor kills the whole namespace'),
    ],
    probes: PROBES.length,
    banner: undefined,
  };
}
