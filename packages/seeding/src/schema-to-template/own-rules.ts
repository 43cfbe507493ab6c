import type { Check, Row, Table } from '@datamaker/connectors';
import { compileTemplate, generateRows, parseTemplate } from '@datamaker/engine';
import { columnsOf } from '../check/expression.ts';
import { parseExpression } from '../check/parse-expression.ts';
import type { TableChecks } from '../check/table-checks.ts';
import type { OwnField, OwnNotice } from './own-template.ts';

/** Rows on which rules are tried. */
const TRIED = 500;
/** Types whose values are those of other rows, which are not there to be tried. */
const ELSEWHERE = new Set(['db_response', 'reference']);

/** Tries the rules of a table on rows of its template, and tells of those that they break, or that are not understood. */
export async function tryRules(
  table: Table,
  fields: readonly OwnField[],
  columns: readonly string[],
  checks: TableChecks,
): Promise<readonly OwnNotice[]> {
  const tried = fields.flatMap((field, i) => (ELSEWHERE.has(field.type) ? [] : [{ field, column: columns[i] ?? '' }]));
  const bytes = new Set(table.columns.flatMap(({ name, kind }) => (kind === 'binary' ? [name] : [])));
  const rows = (tried.length === 0 ? [{}] : await rowsOf(tried)).map((row) => withBytes(row, bytes));
  const own = new Set(columns);
  const doubts = checks.doubts(rows).filter(({ check }) => !isOfOthers(check, own));
  return doubts.map(({ check, why }) => {
    const what = why === 'not_met' ? 'rows do not keep' : 'it is not known whether rows keep';
    const message = `${what} the rule ${check.name}: ${check.expression}`;
    return { code: `check_${why}`, subject: table.name, message };
  });
}

/** Whether a rule speaks of columns alone that the system fills itself. */
function isOfOthers({ expression }: Check, own: ReadonlySet<string>): boolean {
  const parsed = parseExpression(expression);
  const names = parsed === undefined ? [] : [...columnsOf(parsed)];
  return names.length > 0 && names.every((name) => !own.has(name));
}

async function rowsOf(tried: readonly { readonly field: OwnField; readonly column: string }[]): Promise<Row[]> {
  const parsed = parseTemplate({ fields: tried.map(({ field }) => field) });
  const plan = parsed.ok ? await compileTemplate(parsed.value, { seed: 'rules' }) : parsed;
  if (!plan.ok) return [{}];
  return generateRows(plan.value, 0, Math.min(TRIED, plan.value.capacity)).map(
    (row) => Object.fromEntries(tried.map(({ field, column }) => [column, row[field.name]])) as Row,
  );
}

/** Rules speak of how many bytes there are: each is a character of a text, whatever it is. */
const withBytes = (row: Row, columns: ReadonlySet<string>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      columns.has(name) && typeof value === 'string' ? 'x'.repeat(Buffer.from(value, 'base64').length) : value,
    ]),
  );
