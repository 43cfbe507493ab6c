/** Whether documents may have fields whose values come from systems, under whatever name of their types. */
export function mayRespond(documents: readonly unknown[]): boolean {
  const left: unknown[] = [...documents];
  while (left.length > 0) {
    const one = left.pop();
    if (one === null || typeof one !== 'object') continue;
    for (const [key, value] of Object.entries(one)) {
      if (key === 'type' && typeof value === 'string' && /response/i.test(value.replaceAll(/[\s_-]/g, ''))) return true;
      if (typeof value === 'object') left.push(value);
    }
  }
  return false;
}
