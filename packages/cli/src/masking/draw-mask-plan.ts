import type { MaskPlan, Suggestion } from '@datamaker/seeding';
import { printable } from '../errors/printable.ts';
import { cut } from '../output/cut.ts';
import { drawTable } from '../output/draw-table.ts';

/** A plan as a table for people: each column, what it holds, what becomes of it and why. */
export function drawMaskPlan(plan: MaskPlan): string {
  const unnamed = new Set(
    plan.problems.filter(({ code }) => code === 'mask_unnamed_sensitive_column').map(({ subject }) => subject),
  );
  const header = ['column', 'type', 'holds', 'mask', 'why'];
  const lines = plan.tables.flatMap(({ columns }) =>
    columns.map(({ id, column, personal, rule, fakeType, reason }) => [
      cut(printable(id), 60),
      cut(printable(column.type), 30),
      cut(printable(personal ?? ''), 40),
      rule === undefined
        ? unnamed.has(id)
          ? '?'
          : ''
        : fakeType === undefined
          ? rule.strategy
          : `${rule.strategy} (${printable(fakeType)})`,
      unnamed.has(id) ? 'not named' : cut(printable(reason), 60),
    ]),
  );
  const rows = plan.tables.reduce((sum, table) => sum + table.rows, 0);
  const masked = plan.tables
    .flatMap(({ columns }) => columns)
    .filter(({ rule }) => rule !== undefined && rule.strategy !== 'preserve');
  const later = plan.tables.filter((table) => table.later.length > 0);
  return `${[
    ...drawTable([header, ...lines]),
    ...list(
      'In a second pass, since tables refer to each other in circles:',
      later.map((table) => `${table.id} (${table.later.join(', ')})`),
    ),
    ...list(
      'To know:',
      plan.notes.map(({ subject, message, code }) => `${subject}: ${message} [${code}]`),
    ),
    '',
    `${count(plan.tables.length, 'table')}, ${count(rows, 'row')}, ${count(masked.length, 'column')} masked`,
  ].join('\n')}\n`;
}

/** The lines that a policy lacks, as they would stand in it. */
export const drawSuggestions = (suggestions: readonly Suggestion[]): string =>
  suggestions
    .map(
      (suggestion) =>
        `    ${JSON.stringify(suggestion).replaceAll('","', '", "').replaceAll('":"', '": "').replace(/^\{/, '{ ').replace(/\}$/, ' }')}`,
    )
    .join(',\n');

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...[...new Set(lines)].map((line) => `  ${printable(line)}`)];

const count = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
