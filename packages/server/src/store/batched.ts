interface Waiting<T> {
  readonly key: Buffer;
  readonly resolve: (found: T | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Looks things up by hashes. Those that are asked for while a query is under way share the next one, so that many requests
 * at once cost few queries; none is answered by a query that began before it was asked.
 */
export function batched<T extends { readonly hash: Buffer }>(
  load: (hashes: readonly Buffer[]) => Promise<readonly T[]>,
): (hash: Buffer) => Promise<T | undefined> {
  let waiting: Waiting<T>[] = [];
  let isLoading = false;
  const run = async (): Promise<void> => {
    isLoading = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const distinct = new Map(group.map(({ key }) => [key.toString('base64'), key]));
        const found = new Map((await load([...distinct.values()])).map((item) => [item.hash.toString('base64'), item]));
        for (const { key, resolve } of group) resolve(found.get(key.toString('base64')));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isLoading = false;
  };
  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (!isLoading) void run();
    });
}
