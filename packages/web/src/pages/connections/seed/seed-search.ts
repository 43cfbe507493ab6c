/** What the address of the page says of a seed. */
export type SeedSearch = Readonly<Partial<Record<SeedName, string>>>;

export const SEED_NAMES = ['seed', 'rows', 'min', 'max', 'locale', 'mode', 'tables'] as const;
type SeedName = (typeof SEED_NAMES)[number];

/** As the server takes them. */
export const MOST_ROWS = 1_000_000_000;
export const MOST_CHILDREN = 10_000;

/** The form around inputs that stand elsewhere on the page. */
export const SEED_FORM = 'seed-plan';

/** Rows of tables, by name; as they are typed. */
export type RowsByTable = Readonly<Record<string, string>>;

/** The rows that an address says; of one that is none, nothing. */
export function readTables(text: string | undefined): RowsByTable {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return {};
    return Object.fromEntries(Object.entries(read).map(([table, rows]) => [table, String(rows)]));
  } catch {
    return {};
  }
}

/** Whether two of them say the same, in whatever order. */
export function saysSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** The body that plans what an address says. What is no number is left to the server to refuse. */
export function seedOptionsOf({ seed, rows, min, max, locale, mode, tables }: SeedSearch) {
  const byTable = Object.entries(readTables(tables)).filter(([, count]) => count !== '');
  return {
    ...(seed === undefined ? {} : { seed }),
    ...(rows === undefined ? {} : { rows: Number(rows) }),
    ...(min === undefined && max === undefined ? {} : { fanOut: { min: Number(min ?? 1), max: Number(max ?? 3) } }),
    ...(locale === undefined ? {} : { locale }),
    ...(mode === undefined ? {} : { mode }),
    ...(byTable.length === 0
      ? {}
      : { tables: Object.fromEntries(byTable.map(([table, count]) => [table, { rows: Number(count) }])) }),
  };
}
