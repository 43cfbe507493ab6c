import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { ConnectionError, type DatabaseSchema, type Table } from '@datamaker/connectors';
import { validationError } from '../../errors.ts';
import type { KeptCatalogue } from '../../store/connections.ts';

const [pack, unpack] = [promisify(deflate), promisify(inflate)];

/** Most bytes of what a system says of its tables, as JSON. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Most names that are shown with the connection itself. */
const MAX_NAMES = 1000;

/** What a system says of its tables, as it is kept. @throws ConnectionError when that is too much */
export async function packCatalogue(schema: DatabaseSchema): Promise<KeptCatalogue> {
  const text = Buffer.from(JSON.stringify(schema));
  if (text.length > MAX_BYTES) {
    throw new ConnectionError(
      'too_large',
      `the ${schema.tables.length} tables take ${text.length} bytes to describe; at most ${MAX_BYTES} are kept`,
      { hint: 'name fewer schemas in the options of the connection' },
    );
  }
  const names = schema.tables.slice(0, MAX_NAMES).map(({ name }) => name);
  return { deflated: await pack(text), names };
}

export const unpackCatalogue = async (bytes: Buffer): Promise<DatabaseSchema> =>
  JSON.parse((await unpack(bytes)).toString()) as DatabaseSchema;

/** How a request names a table. */
export interface TableRef {
  readonly table: string;
  readonly schema?: string | undefined;
}

/**
 * Finds a table by its name, in the case that the system has it in; where only one has the name in another case, that.
 * @returns undefined: there is none
 * @throws ApiError validation_error, when several schemas have one
 */
export function findTable({ tables }: DatabaseSchema, { table, schema }: TableRef): Table | undefined {
  const inSchema = schema === undefined ? tables : tables.filter((one) => one.schema === schema);
  const exact = inSchema.filter(({ name }) => name === table);
  const folded = table.toLowerCase();
  const found = exact.length > 0 ? exact : inSchema.filter(({ name }) => name.toLowerCase() === folded);
  if (found.length <= 1) return found[0];
  const places = found.map((one) => (one.name === table ? one.schema : `${one.schema}.${one.name}`)).slice(0, 20);
  throw validationError([
    {
      code: 'table_ambiguous',
      pointer: '/table',
      message: `there are ${found.length} tables that ${JSON.stringify(table.slice(0, 80))} may mean`,
      hint: `say \`schema\`: ${places.join(', ')}`,
    },
  ]);
}

/** @throws ApiError validation_error */
export function missingTable({ table, schema }: TableRef): never {
  const name = JSON.stringify((schema === undefined ? table : `${schema}.${table}`).slice(0, 160));
  throw validationError([
    {
      code: 'table_missing',
      pointer: '/table',
      message: `the system has no table ${name} that this connection sees`,
      hint: 'see GET /connections/{id}/metadata?refresh=true; schemas are named in the options of the connection',
    },
  ]);
}
