import { SandboxError } from '../runner/sandbox/sandbox.ts';
import { type Finding, good, notice } from './finding.ts';

const WHAT = 'sandbox';

/** Whether scenarios can be executed here: it is opened, and tried from the inside, as a worker would. */
export async function lookAtSandbox(dataDirectory: string): Promise<Finding> {
  const { openSandbox } = await import('../runner/sandbox/open-sandbox.ts');
  // Who can reach the server plays no part: nobody is let go without it here.
  const exposure = { workspaces: 2, listensOnLoopbackOnly: false };
  try {
    const { name } = await openSandbox({ driver: 'auto', hidden: [dataDirectory], exposure });
    return good(WHAT, `${name} holds`);
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    return notice(
      WHAT,
      `${error.message} [${error.code}]`,
      `${error.hint} Without it a server leaves scenarios to workers.`,
    );
  }
}
