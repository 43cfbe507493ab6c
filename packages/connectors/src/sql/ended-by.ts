/** How long a server has to end what it was asked to end, before the connection is cut. */
const CANCEL_MS = 5000;

/**
 * Has a server end what it does when the signal says so.
 * @param end asks it to; when that fails, or does not help in time, the connection is cut
 * @returns to be called when it is done
 */
export function endedBy(signal: AbortSignal | undefined, end: () => Promise<void> | void, cut: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const abort = (): void => {
    timer = setTimeout(cut, CANCEL_MS);
    end()?.catch(cut);
  };
  signal?.addEventListener('abort', abort, { once: true });
  return () => {
    signal?.removeEventListener('abort', abort);
    clearTimeout(timer);
  };
}
