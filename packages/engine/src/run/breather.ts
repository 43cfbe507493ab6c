/** The calling thread lets go of the event loop this often, so that signals and timers are heard. */
const BREATH_MS = 20;

/** A pause for the event loop, when it is due. One for a whole run: stretches may be shorter than the interval. */
export function breather(signal: AbortSignal | undefined): () => Promise<void> | undefined {
  let last = performance.now();
  return () => {
    if (performance.now() - last <= BREATH_MS) return undefined;
    return new Promise((resolve, reject) =>
      setImmediate(() => {
        last = performance.now();
        if (signal?.aborted) reject(signal.reason);
        else resolve();
      }),
    );
  };
}
