/** Names of columns as people paste them: in lines, with commas, tabs or bars between them, in quotes or not; each once. */
export function readNames(text: string): string[] {
  const names = text
    .split(/[\n\r\t,;|]+/)
    .map((name) =>
      name
        .trim()
        .replace(/^(["'`])(.*)\1$/, '$2')
        .trim(),
    )
    .filter((name) => name !== '');
  return [...new Set(names)];
}
