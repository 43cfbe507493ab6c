/**
 * Answers a signal in place of all who did so far. One that has arrived and has not been told yet is told to the new
 * listener: it comes before the others go, since Node drops what is on its way when the last listener of a signal goes.
 */
export function takeOver(signal: NodeJS.Signals, listener: () => void): void {
  const others = process.listeners(signal);
  process.on(signal, listener);
  for (const other of others) process.off(signal, other);
}
