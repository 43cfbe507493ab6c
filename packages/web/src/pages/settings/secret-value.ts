/**
 * The value of a secret as it was typed or pasted. A single line is meant without its end, which is copied with it; of several lines, such
 * as those of a key in PEM, all is meant.
 */
export function secretValue(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  return lines.replace(/^([^\n]+)\n+$/, '$1');
}
