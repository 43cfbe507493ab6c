import { ConnectionError, type Session } from '@datamaker/connectors';

/**
 * Makes sure that no COMMIT of a run is still on its way, from a session that broke or a worker that slept. Does nothing where the system has no
 * such thing, or refuses it.
 * @throws ConnectionError
 */
export async function claim(session: Session, runId: string, signal: AbortSignal): Promise<void> {
  try {
    await session.claim?.(runId, signal);
  } catch (error) {
    if (!(error instanceof ConnectionError) || error.isTransient) throw error;
  }
}

/** The session, whose transactions and copies claim the run before they write: who comes later can tell whether they are still open. */
export function claiming(session: Session, runId: string, signal: AbortSignal): Session {
  if (session.claim === undefined) return session;
  let isOpen = false;
  const transaction = <T>(run: () => Promise<T>): Promise<T> =>
    session.transaction(async () => {
      isOpen = true;
      try {
        await claim(session, runId, signal);
        return await run();
      } finally {
        isOpen = false;
      }
    });
  const copy: NonNullable<Session['copy']> = (...all) => {
    const copied = (): Promise<number> => (session.copy as NonNullable<Session['copy']>)(...all);
    return isOpen ? copied() : transaction(copied);
  };
  return new Proxy(session, {
    get: (target, name) => {
      if (name === 'transaction') return transaction;
      if (name === 'copy') return target.copy && copy;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
