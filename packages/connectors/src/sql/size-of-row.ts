/** About how many bytes a row of a driver takes. */
export function sizeOfRow(row: readonly unknown[]): number {
  let size = 0;
  for (const value of row) size += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
  return size;
}
