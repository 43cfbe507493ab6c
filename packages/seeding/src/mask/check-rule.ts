import type { Column } from '@datamaker/connectors';
import type { MaskRule, Strategy } from '@datamaker/engine';
import { columnId } from './key-groups.ts';
import type { MaskProblem } from './mask-plan.ts';
import type { OwnedColumn } from './signature.ts';

/** Strategies by what values of a column are. What is not listed is taken as it is, or with `redact`. */
const BY_KIND: Readonly<Partial<Record<Column['kind'], readonly Strategy[]>>> = {
  text: ['format-preserve', 'replace', 'redact', 'shift', 'hash', 'tokenize'],
  integer: ['format-preserve', 'replace'],
  decimal: ['format-preserve', 'replace'],
  float: ['format-preserve', 'replace'],
  uuid: ['format-preserve', 'replace'],
  ip: ['format-preserve', 'replace'],
  date: ['shift', 'replace'],
  datetime: ['shift'],
  datetime_zoned: ['shift'],
  json: ['redact'],
  binary: ['redact'],
};

/** 64 bits: two among 2^32 values meet with a chance of about one half. */
const LEAST_HASH = 16;
const LEAST_TOKEN = 13;

/** Whether the rule leaves different values different. */
const isInjective = ({ strategy, length }: MaskRule): boolean =>
  strategy === 'format-preserve' ||
  strategy === 'preserve' ||
  (strategy === 'hash' && length >= LEAST_HASH) ||
  (strategy === 'tokenize' && length >= LEAST_TOKEN);

/** Whether different values must stay different: in keys, and where keys lead to. */
export const mustStayApart = ({ table, column }: OwnedColumn): boolean =>
  [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniqueKeys, ...table.foreignKeys].some(
    ({ columns }) => columns.includes(column.name),
  );

/** What a column has against a rule. */
export function checkRule(owned: OwnedColumn, rule: MaskRule): MaskProblem[] {
  const { table, column } = owned;
  const id = columnId(table, column.name);
  const { strategy } = rule;
  if (strategy === 'preserve') return [];
  const problem = (message: string, hint: string): MaskProblem[] => [
    { code: 'mask_strategy_does_not_fit', subject: id, message, hint, pointer: rule.pointer },
  ];
  if (column.values !== null) return problem(`it takes ${column.values.length} values only`, 'use preserve');
  const fitting = BY_KIND[column.kind] ?? [];
  if (!fitting.includes(strategy)) {
    return problem(`${strategy} does not fit ${column.type}`, `use ${[...fitting, 'preserve'].join(', ')}`);
  }
  if (column.type === 'cidr') return problem(`${strategy} does not fit networks`, 'use preserve');
  if (mustStayApart(owned) && !isInjective(rule)) {
    const short = strategy === 'hash' || strategy === 'tokenize';
    const hint = short ? 'give it more `length`' : 'use format-preserve, hash or tokenize';
    return problem(`it is in a key, and ${strategy} may give two values the same mask`, hint);
  }
  const length = lengthOf(rule);
  if (length === undefined || column.maxLength === null || length <= column.maxLength) return [];
  return problem(
    `${strategy} gives ${length} characters, and it takes ${column.maxLength}`,
    'give less `length`, a shorter `token` or `prefix`, or another strategy',
  );
}

function lengthOf({ strategy, token, prefix, length }: MaskRule): number | undefined {
  if (strategy === 'redact') return [...token].length;
  if (strategy === 'hash') return length;
  return strategy === 'tokenize' ? [...prefix].length + length : undefined;
}
