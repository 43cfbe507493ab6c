import { ConnectionError, type DatabaseSchema, schemaOfMetadata, type Table } from '@datamaker/connectors';
import { decodeSource, ImportRefused, type Notice, type TemplateDocument } from '@datamaker/engine/import';
import { type NestedTable, nestedTables, templatesOfTables } from '@datamaker/seeding';
import { badArgument, badInput } from '../errors/command-error.ts';

/** Rows of a template that others refer to. */
const ROWS = 100;

export interface MetadataRequest {
  /** An entity set; undefined: all that have rows within at one of the paths. */
  readonly entity: string | undefined;
  /** Navigation properties: `to_Item`, `to_Item/to_ScheduleLine`. */
  readonly expand: readonly string[];
}

/**
 * Templates of entity sets of an OData $metadata document, with the entities within them that navigation properties lead to.
 * @param name of the file, for messages
 * @throws CommandError
 */
export async function importMetadata(
  name: string,
  bytes: Uint8Array,
  { entity, expand }: MetadataRequest,
): Promise<{ readonly templates: readonly TemplateDocument[]; readonly notices: readonly Notice[] }> {
  const schema = await readSchema(name, bytes);
  const { tables } = schema;
  const nested = new Map<Table, readonly NestedTable[]>();
  const found = entity === undefined ? tables : [setOf(tables, entity)];
  for (const table of found) {
    const resolved = nestedTables(table, tables, expand, entity !== undefined);
    const [wrong] = resolved.unknown;
    if (wrong !== undefined) throw badArgument('--expand', 'nested_unknown', wrong.message, wrong.hint);
    if (resolved.nested.length > 0) nested.set(table, resolved.nested);
  }
  for (const path of expand) {
    const [first] = path.split('/');
    if ([...nested.values()].some((within) => within.some((one) => one.name === first))) continue;
    const message = `no entity set has rows within that are called ${JSON.stringify(path.slice(0, 80))}`;
    throw badArgument('--expand', 'nested_unknown', message, 'name a navigation property of one');
  }
  const { templates } = await templatesOfTables([...nested.keys()], {
    together: { rows: ROWS },
    nestedOf: (table) => nested.get(table) ?? [],
  });
  return {
    templates: templates.map(({ template }) => template.document),
    notices: templates.flatMap(({ template }) => template.notices),
  };
}

async function readSchema(name: string, bytes: Uint8Array): Promise<DatabaseSchema> {
  try {
    return await schemaOfMetadata(decodeSource(bytes));
  } catch (error) {
    if (!(error instanceof ImportRefused) && !(error instanceof ConnectionError)) throw error;
    const hint = '--expand is for the $metadata document of an OData service';
    throw badInput(name, [{ code: 'invalid_source', message: error.message, hint }]);
  }
}

function setOf(tables: readonly Table[], wanted: string): Table {
  const fold = (name: string): string => name.toLowerCase();
  const found = tables.find(({ name }) => name === wanted) ?? tables.find(({ name }) => fold(name) === fold(wanted));
  if (found !== undefined) return found;
  const names = tables.slice(0, 20).map(({ name }) => name);
  const hint = `entity sets: ${names.join(', ')}${tables.length > names.length ? ', …' : ''}`;
  throw badArgument(
    '--entity',
    'entity_not_found',
    `there is no entity set ${JSON.stringify(wanted.slice(0, 80))}`,
    hint,
  );
}
