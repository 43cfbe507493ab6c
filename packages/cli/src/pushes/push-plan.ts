import { badInput } from '../errors/command-error.ts';
import { printable } from '../errors/printable.ts';
import { drawTable } from '../output/draw-table.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { ServerError } from '../remote/server-error.ts';
import type { PushOrder } from './push-order.ts';

/** What GET /templates/{ref}/mappings/{connectionId} answers. */
interface RemoteMapping {
  readonly table: { readonly schema: string; readonly name: string };
  readonly columns: Readonly<Record<string, string | null>>;
  readonly skipped: readonly { readonly column: string; readonly reason: string }[];
  readonly problems: readonly {
    readonly code: string;
    readonly pointer: string;
    readonly message: string;
    readonly hint?: string;
  }[];
}

/** What a push would do. */
export interface PushPlan {
  readonly template: { readonly id: string; readonly name: string };
  readonly connection: { readonly id: string; readonly name: string; readonly type: string };
  /** As the system calls it. */
  readonly table: string;
  /** Column of each field; null: it goes nowhere. Undefined: the system tells of no columns. */
  readonly columns: Readonly<Record<string, string | null>> | undefined;
  /** Columns that nothing goes into. */
  readonly skipped: RemoteMapping['skipped'];
  readonly order: PushOrder & { readonly mapping?: Readonly<Record<string, string | null>> };
}

const WHY: Readonly<Record<string, string>> = {
  generated: 'the system makes it',
  default: 'its default',
  null: 'nothing',
};

/**
 * Asks the server where rows would go; nothing is written.
 * @param mapping what goes before what the server finds
 * @throws CommandError when fields do not fit the table
 */
export async function planPush(
  api: ServerApi,
  [template, connection]: readonly [template: string, connection: string],
  order: PushOrder,
  mapping: Readonly<Record<string, string | null>>,
): Promise<PushPlan> {
  const [{ name }, to] = await Promise.all([
    api.json<{ name: string }>(`/templates/${template}`),
    api.json<PushPlan['connection']>(`/connections/${connection}`),
  ]);
  const { table, schema } = order;
  const query = new URLSearchParams({ table, ...(schema === undefined ? {} : { schema }) });
  // A system without tables has no columns to tell of.
  const found = await api
    .json<RemoteMapping>(`/templates/${template}/mappings/${connection}?${query}`)
    .catch((error: unknown) => {
      if (to.type === 'rest' && error instanceof ServerError && error.status < 500) return undefined;
      throw error;
    });
  const isMapped = Object.keys(mapping).length > 0;
  const columns = found === undefined ? undefined : { ...found.columns, ...mapping };
  const taken = new Set(Object.values(columns ?? {}));
  const whole = isMapped ? { mapping: columns ?? mapping } : {};
  const skipped = found?.skipped.filter(({ column }) => !taken.has(column)) ?? [];
  const problems = [
    // What is said now is judged when it is pushed.
    ...(isMapped ? [] : (found?.problems ?? [])),
    ...skipped
      .filter(({ reason }) => reason === 'required')
      .map(({ column }) => ({ code: 'column_required', message: `nothing goes into ${column}, which needs a value` })),
  ];
  if (problems.length > 0) {
    const hint = '--map field=column says where a field goes, --map field= that it goes nowhere';
    throw badInput(
      `${table} of ${to.name}`,
      problems.map((problem) => ({ hint, ...problem })),
    );
  }
  return {
    template: { id: template, name },
    connection: { id: to.id, name: to.name, type: to.type },
    table: found === undefined ? table : [found.table.schema, found.table.name].filter((part) => part !== '').join('.'),
    columns,
    skipped,
    order: { ...order, ...whole },
  };
}

/** The plan for people. */
export function drawPushPlan({ template, connection, table, columns, skipped, order }: PushPlan): string {
  const fields = Object.entries(columns ?? {}).map(([field, column], index) => [
    index === 0 ? 'fields' : '',
    printable(`${field} -> ${column ?? 'nowhere'}`),
  ]);
  const left = skipped.map(({ column, reason }, index) => [
    index === 0 ? 'other columns' : '',
    printable(`${column}: ${WHY[reason] ?? reason}`),
  ]);
  const rows = [
    ['template', printable(`${template.name} (${template.id})`)],
    ['into', printable(`${table} of ${connection.name} (${connection.type})`)],
    ['rows', `${order.count.toLocaleString('en')}${order.seed === undefined ? '' : `, seed ${printable(order.seed)}`}`],
    ['rows that are there', order.on_conflict],
    ...fields,
    ...left,
  ];
  return `${drawTable(rows).join('\n')}\n`;
}
