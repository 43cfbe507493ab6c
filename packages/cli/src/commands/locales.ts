import { styleText } from 'node:util';
import type { CoverageFamily, FamilyCoverage, LocaleCoverage } from '@datamaker/engine';
import type { Arguments, Command } from '../arguments/command.ts';
import { print } from '../output/print.ts';

export const locales: Command = {
  name: 'locales',
  summary: 'list the locales, or show what each has of its own',
  usage: '[options]',
  positionals: { min: 0, max: 0, name: '' },
  flags: [
    { name: 'coverage', summary: 'a table: where the data of each family come from' },
    { name: 'json', summary: 'as JSON' },
  ],
  notes: [
    'A locale takes what it lacks from the main locale of its language, and that from English: de_AT, de_DE, en. A language alone stands for its main locale.',
  ],
  examples: ['datamaker locales', 'datamaker locales --coverage', 'datamaker locales --json'],
  run,
};

type Source = FamilyCoverage['source'];

const MARKS: Readonly<Record<Source, string>> = { own: '●', partly: '◐', fallback: '○', none: '–' };
const COLOURS = { own: 'green', partly: 'yellow', fallback: 'gray', none: 'gray' } as const;

async function run(args: Arguments): Promise<void> {
  const { COVERAGE_FAMILIES, localeCoverage } = await import('@datamaker/engine');
  const all = await localeCoverage();
  if (args.flags.has('json')) await print(`${JSON.stringify(all, undefined, 2)}\n`);
  else await print(args.flags.has('coverage') ? coverage(all, COVERAGE_FAMILIES) : list(all));
}

function list(all: readonly LocaleCoverage[]): string {
  const code = Math.max(...all.map((locale) => locale.code.length)) + 2;
  const label = Math.max(...all.map((locale) => locale.label.length)) + 2;
  const lines = all.map((locale) => {
    const { callingCode = '', currency = '', countryName } = locale;
    return `${locale.code.padEnd(code)}${locale.label.padEnd(label)}${currency.padEnd(5)}${callingCode.padEnd(6)}${countryName}`;
  });
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n\n\`datamaker locales --coverage\` shows what each has of its own.\n`;
}

function coverage(all: readonly LocaleCoverage[], families: readonly CoverageFamily[]): string {
  const code = Math.max(...all.map((locale) => locale.code.length)) + 2;
  const head = `${' '.repeat(code)}${families.map((family) => `${family}  `).join('')}falls back to`;
  const rows = all.map((locale) => {
    const cells = families.map((family) => mark(locale.families[family].source) + ' '.repeat(family.length + 1));
    return `${locale.code.padEnd(code)}${cells.join('')}${locale.fallback.slice(1).join(', ')}`.trimEnd();
  });
  const legend = `${mark('own')} own  ${mark('partly')} partly own  ${mark('fallback')} fallback  ${mark('none')} the country has none`;
  return `${[head, ...rows].join('\n')}\n\n${legend}\n`;
}

/** In colour on a terminal; a pipe, a file and NO_COLOR get the mark alone. */
const mark = (source: Source): string => styleText(COLOURS[source], MARKS[source], { stream: process.stdout });
