import { show } from '../template/diagnostic.ts';
import { hasControlCharacters } from '../text/control-characters.ts';
import { DELIMITERS } from './csv-encoding.ts';
import { parseLine } from './custom-line.ts';
import type { Format } from './format-table.ts';
import { isXmlName } from './xml-name.ts';

interface Problem {
  readonly option: string;
  readonly message: string;
  readonly hint: string;
}

function xmlNameProblem(value: string): Omit<Problem, 'option'> | undefined {
  if (isXmlName(value)) return undefined;
  return {
    message: `${show(value)} cannot name an element`,
    hint: 'use letters, digits, _ - and ., and begin with a letter',
  };
}

type Checks = {
  readonly [F in Format]?: Readonly<Record<string, (value: never) => Omit<Problem, 'option'> | undefined>>;
};

/** What the kind of an option does not say of its value. */
const checks: Checks = {
  csv: {
    delimiter: (value: string) =>
      DELIMITERS.has(value)
        ? undefined
        : { message: `${show(value)} cannot stand between cells`, hint: 'use , ; | or tab' },
  },
  sql: {
    table: (value: string) =>
      hasControlCharacters(value)
        ? {
            message: `${show(value)} cannot name a table`,
            hint: 'use 1 to 128 characters without control characters',
          }
        : undefined,
    upsert: (value: readonly unknown[]) =>
      value.length === 0 || value.some((name) => typeof name !== 'string')
        ? { message: '`upsert` must name the fields that identify a row', hint: 'give a list of names, such as ["id"]' }
        : undefined,
  },
  xlsx: {
    sheet: (value: string) =>
      /[[\]:*?/\\]|^'|'$/.test(value) || hasControlCharacters(value) || value.toLowerCase() === 'history'
        ? {
            message: `${show(value)} cannot name a sheet`,
            hint: "leave out [ ] : * ? / \\ and apostrophes at the ends; History is Excel's own",
          }
        : undefined,
  },
  xml: { root: xmlNameProblem, row: xmlNameProblem },
  custom: {
    line: (value: string) =>
      parseLine(value) === undefined
        ? {
            message: '`line` has braces that are not closed, or nothing between them',
            hint: 'write {{name}}, or \\{{ for the braces themselves',
          }
        : undefined,
  },
};

/** What is wrong with options whose kinds are right, one by one. */
export function checkOptions(format: Format, options: Readonly<Record<string, unknown>>): Problem[] {
  const problems: Problem[] = [];
  for (const [option, check] of Object.entries(checks[format] ?? {})) {
    const value = options[option];
    const problem = value === undefined ? undefined : check(value as never);
    if (problem !== undefined) problems.push({ option, ...problem });
  }
  return problems;
}
