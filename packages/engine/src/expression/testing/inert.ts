const INTRINSICS: ReadonlySet<unknown> = new Set<unknown>([
  globalThis,
  Object.prototype,
  Array.prototype,
  String.prototype,
  Number.prototype,
  Function.prototype,
]);

/** Whether a value is JSON and nothing else, all the way down: what an expression may give. */
export function isInert(value: unknown): boolean {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || INTRINSICS.has(value)) return false;
  if (Array.isArray(value)) return Object.getPrototypeOf(value) === Array.prototype && value.every(isInert);
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return false;
  return Reflect.ownKeys(value).every((key) => {
    const property = Object.getOwnPropertyDescriptor(value, key);
    return typeof key === 'string' && property?.get === undefined && isInert(property?.value);
  });
}
