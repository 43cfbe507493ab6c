import { findPython } from '../runner/sandbox/host-python.ts';
import { SandboxError } from '../runner/sandbox/sandbox.ts';
import { type Finding, good, notice } from './finding.ts';

const WHAT = 'python';

/** What scenarios are executed with. */
export async function lookAtPython(): Promise<Finding> {
  try {
    const { version, executable } = await findPython();
    return good(WHAT, `Python ${version} at ${executable}`);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return notice(WHAT, error.message, error.hint);
  }
}
