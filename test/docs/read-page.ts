import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A fenced block of a page. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** What a comment before it gives as the reason for which no test runs it. */
  readonly notRun: string | undefined;
}

/** A command that a page shows, and what it shows below as printed by it. */
export interface Command {
  readonly command: string;
  readonly printed: string;
}

const FENCE = /(?:^<!-- not run: (?<reason>.+) -->\n\n?)?^ *```(?<language>\w*)[^\n]*\n(?<text>[\s\S]*?)^ *```$/gm;

/** @param path of the page, from the root of the checkout */
export const readPage = (path: string): string => readFileSync(ROOT + path, 'utf8');

export const fencesOf = (page: string): Fence[] =>
  [...page.matchAll(FENCE)].map(({ 0: whole, index, groups }) => ({
    language: groups?.['language'] ?? '',
    text: groups?.['text'] ?? '',
    line: page.slice(0, index + whole.search(/^ *```/m)).split('\n').length,
    notRun: groups?.['reason'],
  }));

/** Commands of a block of the language `console`: lines behind `$ `, with the lines that they go on in. */
export function commandsOf(block: string): Command[] {
  const commands: { command: string; printed: string }[] = [];
  for (const line of block.split(/(?<=\n)/)) {
    const last = commands.at(-1);
    if (last !== undefined && goesOn(last.command)) last.command += line;
    else if (line.startsWith('$ ')) commands.push({ command: line.slice(2), printed: '' });
    else if (last !== undefined) last.printed += line;
  }
  return commands;
}

/** Whether a shell would wait for more lines. */
function goesOn(command: string): boolean {
  const end = /<<'?(\w+)'?/.exec(command)?.[1];
  if (end !== undefined) return !command.includes(`\n${end}\n`);
  return /(\\|\||&&)\n$/.test(command) || (command.match(/'/g) ?? []).length % 2 === 1;
}
