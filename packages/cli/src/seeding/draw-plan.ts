import type { SeedEstimate, SeedPlan } from '@datamaker/seeding';
import { printable } from '../errors/printable.ts';
import { cut } from '../output/cut.ts';
import { drawTable } from '../output/draw-table.ts';

/** A plan as a table for people: tables in the order of writing, and below it what is not understood. */
export function drawPlan(plan: SeedPlan, estimate: SeedEstimate, leftOut: readonly string[]): string {
  const header = ['', 'table', 'rows', 'columns', 'told apart by', 'refers to'];
  const lines = plan.tables.map(({ id, rows, columns, identity, links }, index) => [
    String(index + 1),
    cut(printable(id), 60),
    rows.toLocaleString('en'),
    String(columns.length),
    identity.length === 0 ? '(nothing)' : cut(printable(identity.join(', '))),
    cut(printable(links.map(({ to, isLater }) => (isLater ? `${to} (later)` : to)).join(', ')), 60),
  ]);
  const lead = drawTable([header, ...lines], new Set([0, 2, 3]));
  const blocking = plan.problems.filter(({ blocks }) => blocks);
  const others = plan.problems.filter(({ blocks }) => !blocks);
  const problems = [
    ...list('Left out:', [
      ...blocking.map(sayProblem),
      ...leftOut
        .filter((id) => !blocking.some(({ subject }) => subject === id || subject.startsWith(`${id}.`)))
        .map((id) => `${printable(id)}: it gets no rows`),
    ]),
    ...list('Not understood, or not kept:', others.map(sayProblem)),
  ];
  const total = `${plan.tables.length} tables, ${estimate.rows.toLocaleString('en')} rows, about ${size(estimate.bytes)} as CSV; seed: ${printable(plan.seed)}`;
  return `${[...lead, ...problems, '', total].join('\n')}\n`;
}

const sayProblem = ({ code, subject, message }: SeedPlan['problems'][number]): string =>
  `${printable(subject)}: ${printable(message)} [${code}]`;

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [unit, rest] = [0, bytes];
  while (rest >= 999.5 && unit < units.length - 1) {
    rest /= 1000;
    unit++;
  }
  return `${rest < 10 && unit > 0 ? rest.toFixed(1) : rest.toFixed(0)} ${units[unit]}`;
}
