import { openBwrap } from './bwrap/open-bwrap.ts';
import { findPython } from './host-python.ts';
import { mayRunUnsandboxed } from './may-run-unsandboxed.ts';
import { NoneDriver } from './none-driver.ts';
import { type SandboxDriver, SandboxError } from './sandbox.ts';
import type { SandboxSettings } from './sandbox-settings.ts';

/**
 * Gives the driver that scenarios run with, after it has been tried on this host. It fails closed: where no sandbox holds, there
 * is no driver, and what is weaker is never taken in its place.
 * @throws SandboxError, whose code, message and hint say what failed and what to do
 */
export async function openSandbox(settings: SandboxSettings): Promise<SandboxDriver> {
  const python = await findPython(settings.python);
  if (settings.driver !== 'none') return openBwrap(settings, python);
  if (mayRunUnsandboxed(settings.exposure)) return new NoneDriver(python);
  const { workspaces } = settings.exposure;
  throw new SandboxError(
    'sandbox_not_allowed',
    `Scenarios may not run without a sandbox here: ${workspaces > 1 ? `there are ${workspaces} workspaces` : 'others than this machine reach the server'}.`,
    'Take the driver `auto`, which needs Linux with bubblewrap; or keep one workspace, and have the server listen on 127.0.0.1 only.',
  );
}
