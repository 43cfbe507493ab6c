/** Hosts as they are typed: one a line, or with commas between them. */
export const secretHosts = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
