/** What keys are called that are paths. */
const LOCATION = 'location';

/**
 * What the key of a row is called by which it is removed: the part in braces of the path.
 * @param removal what the connection says of it
 */
export function keyOfRemoval(removal: unknown): string {
  const { path = '' } = removal as { readonly path?: unknown };
  return /\{([^{}]+)\}/.exec(String(path))?.[1] ?? LOCATION;
}
