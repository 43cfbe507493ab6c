/** Has no more than so many calls under way at a time; the others wait in order. */
export function atMost(count: number): <T>(call: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (call) => {
    if (running >= count) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await call();
    } finally {
      // The place is handed on, or given back.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
