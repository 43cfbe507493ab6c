import { SeedError } from '../seed-error.ts';

/** How many rows refer to each row of another table. */
export interface FanOut {
  readonly min: number;
  readonly max: number;
}

export interface TableOptions {
  /** How many rows, whatever the tables that it refers to have. */
  readonly rows?: number | undefined;
  /** How many rows for each row of the table that it belongs to. */
  readonly perParent?: FanOut | undefined;
  /** The foreign key by which rows are counted: its name, or one of its columns. */
  readonly parent?: string | undefined;
}

export interface SeedOptions {
  /** Drawn unless given. */
  readonly seed?: string | undefined;
  /** Rows of each table that belongs to no other. */
  readonly rows?: number | undefined;
  /** Rows of every table, in place of counting by what they belong to. */
  readonly everyTable?: number | undefined;
  readonly fanOut?: FanOut | undefined;
  /** By `schema.name`, or by name alone where there is one of it. */
  readonly tables?: Readonly<Record<string, TableOptions>> | undefined;
  /** The language and country of values, such as de_DE. */
  readonly locale?: string | undefined;
}

export const DEFAULT_ROWS = 100;
export const DEFAULT_FAN_OUT: FanOut = { min: 1, max: 3 };
/** Rows of one table: keys are counted in numbers that doubles hold. */
const MOST_ROWS = 1_000_000_000;
const MOST_CHILDREN = 10_000;

/** @throws SeedError invalid_seed_options */
export function checkOptions({ rows, everyTable, fanOut, tables = {} }: SeedOptions): void {
  checkRows('rows', rows, 1);
  checkRows('everyTable', everyTable, 1);
  checkFanOut('fanOut', fanOut);
  for (const [name, options] of Object.entries(tables)) {
    checkRows(`tables.${name}.rows`, options.rows, 0);
    checkFanOut(`tables.${name}.perParent`, options.perParent);
    if (options.rows === undefined || options.perParent === undefined) continue;
    throw invalid(`tables.${name} has both \`rows\` and \`perParent\``, 'give one of them');
  }
}

function checkRows(name: string, rows: number | undefined, least: number): void {
  if (rows === undefined || (Number.isSafeInteger(rows) && rows >= least && rows <= MOST_ROWS)) return;
  throw invalid(`\`${name}\` is not a whole number from ${least} to ${MOST_ROWS}`);
}

function checkFanOut(name: string, fanOut: FanOut | undefined): void {
  if (fanOut === undefined) return;
  const { min, max } = fanOut;
  const isRange = Number.isSafeInteger(min) && Number.isSafeInteger(max) && min >= 0 && max >= min && max > 0;
  if (isRange && max <= MOST_CHILDREN) return;
  throw invalid(
    `\`${name}\` is not a range of whole numbers from 0 to ${MOST_CHILDREN}`,
    'for instance { "min": 1, "max": 5 }',
  );
}

const invalid = (message: string, hint?: string): SeedError => new SeedError('invalid_seed_options', message, hint);
