import { ConnectionError, type Session } from '@datamaker/connectors';
import type { Verification } from '../../store/connection-table.ts';
import { sayProblem } from './connection-failed.ts';

/**
 * Tries a connection.
 * @param use opens a session
 * @returns what came of it, also when it fails
 */
export async function verify(
  use: (run: (session: Session) => Promise<Verification>) => Promise<Verification>,
): Promise<Verification> {
  try {
    return await use(async (session) => {
      const { product, version, notes } = await session.verify();
      const none = { problem: null, message: null, hint: null };
      return { status: 'verified', ...none, server: { product, version, notes }, at: now() };
    });
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    const { problem, hint = null } = error;
    return { status: 'unverified', problem, message: sayProblem(error), hint, server: null, at: now() };
  }
}

const now = (): string => new Date().toISOString();
