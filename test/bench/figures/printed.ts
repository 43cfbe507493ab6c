export interface Started {
  readonly stdout: NodeJS.ReadableStream;
  readonly ended: Promise<unknown>;
}

/** Milliseconds until the first output and until the end. */
export async function printed(start: () => Promise<Started>): Promise<{ first: number; end: number }> {
  const begun = performance.now();
  const { stdout, ended } = await start();
  let first = Number.NaN;
  stdout.once('data', () => {
    first = performance.now() - begun;
  });
  stdout.resume();
  await ended;
  return { first, end: performance.now() - begun };
}
