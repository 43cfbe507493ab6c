import type { Session } from '@datamaker/connectors';
import type { Target } from './open-target.ts';
import { toCommandError } from './to-command-error.ts';

/** Uses a session, and closes it. @throws CommandError; the signal's reason */
export async function withSession<T>(
  target: Target,
  readOnly: boolean,
  signal: AbortSignal,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await target.open(readOnly, signal);
  try {
    return await use(session);
  } catch (error) {
    throw toCommandError(error);
  } finally {
    await session.close().catch(() => undefined);
  }
}
