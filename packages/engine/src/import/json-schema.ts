import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedEntity } from './imported-column.ts';
import { SchemaWalker } from './json-schema/schema-walker.ts';
import { MAX_ENTITIES } from './limits.ts';
import { get, isObject, type JsonObject } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';

/**
 * The objects of a JSON Schema (draft 7, 2019-09, 2020-12; the keywords that draft 4 to 6 share with them are read the same way): the schema itself,
 * or where it has no properties the schemas under `$defs` and `definitions`. YAML is read as well.
 * @throws ImportRefused
 */
export function readJsonSchema(text: string, { notices, entity }: ReadContext): ImportedEntity[] {
  const root = parseYaml(text, notices);
  if (!isObject(root))
    throw new ImportRefused('invalid_source', 'a JSON Schema is an object', 'give the schema itself');
  const walker = new SchemaWalker(root, notices, new Set(['$id', '$schema', 'id']));
  const own = typeof root['title'] === 'string' && root['title'].trim() !== '' ? root['title'] : (entity ?? 'imported');
  const definitions = definitionsOf(root);
  const wanted = definitions.filter(({ name }) => name === entity);
  if (wanted.length > 0) return wanted.map(({ name, pointer, schema }) => walker.entity(name, schema, pointer));
  if (!hasOnlyDefinitions(root)) return [walker.entity(entity ?? own, root, '')];
  if (definitions.length > MAX_ENTITIES) throw tooLarge(`there are more than ${MAX_ENTITIES} schemas`);
  const entities = definitions.flatMap(({ name, pointer, schema }) => walker.objectEntity(name, schema, pointer) ?? []);
  if (entities.length === 0)
    throw new ImportRefused('nothing_to_import', 'there is no object with properties in the schema');
  return entities;
}

const hasOnlyDefinitions = (root: JsonObject): boolean =>
  !['properties', 'allOf', 'anyOf', 'oneOf', '$ref', 'items', 'enum', 'const', 'prefixItems'].some((key) =>
    Object.hasOwn(root, key),
  ) && definitionsOf(root).length > 0;

function definitionsOf(root: JsonObject): { name: string; pointer: string; schema: unknown }[] {
  return ['$defs', 'definitions'].flatMap((key) => {
    const group = get(root, key);
    if (!isObject(group)) return [];
    return Object.entries(group).map(([name, schema]) => ({
      name,
      pointer: `/${key}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      schema,
    }));
  });
}
