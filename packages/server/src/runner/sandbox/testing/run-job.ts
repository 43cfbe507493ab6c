import { DEFAULT_LIMITS, type SandboxLimits } from '../limits.ts';
import type { SandboxDriver, SandboxEnd, SandboxJob } from '../sandbox.ts';

/** Small enough for a test to run into. */
export const SMALL: SandboxLimits = {
  ...DEFAULT_LIMITS,
  wallMs: 20_000,
  memoryBytes: 192 * 1024 * 1024,
  processes: 24,
  fileBytes: 32 * 1024 * 1024,
  diskBytes: 64 * 1024 * 1024,
};

export interface Ran extends SandboxEnd {
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a Python program to its end. */
export async function runPython(driver: SandboxDriver, code: string, job: Partial<SandboxJob> = {}): Promise<Ran> {
  const { python } = await driver.report();
  const started = await driver.start({
    argv: [python.executable, '-I', '-u', '-c', code],
    env: { PATH: '/usr/bin:/bin', HOME: '/tmp' },
    cwd: '/tmp',
    mounts: [],
    limits: SMALL,
    ...job,
  });
  const [stdout, stderr, end] = await Promise.all([textOf(started.stdout), textOf(started.stderr), started.ended]);
  return { ...end, stdout, stderr };
}

export async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of stream) if (text.length < 1e6) text += chunk;
  return text;
}
