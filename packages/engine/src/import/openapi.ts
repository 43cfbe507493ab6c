import { pointerTo } from '../template/diagnostic.ts';
import type { ReadContext } from './import-kinds.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedEntity } from './imported-column.ts';
import { SchemaWalker } from './json-schema/schema-walker.ts';
import { MAX_ENTITIES } from './limits.ts';
import { get, isObject } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';

/**
 * The schemas of an OpenAPI 3.x document (`components.schemas`), in JSON or YAML: those that are objects, or the one that was
 * asked for. Schemas inside paths are told of.
 * @throws ImportRefused
 */
export function readOpenApi(text: string, { notices, entity }: ReadContext): ImportedEntity[] {
  const root = parseYaml(text, notices);
  if (!isObject(root)) throw new ImportRefused('invalid_source', 'an OpenAPI document is an object');
  const version = get(root, 'openapi');
  if (typeof version !== 'string' || !version.startsWith('3.')) {
    const swagger = get(root, 'swagger') !== undefined;
    throw new ImportRefused(
      'invalid_source',
      swagger ? 'this is Swagger 2.0; OpenAPI 3.x is read' : '`openapi` must be a text such as "3.1.0"',
      swagger ? 'convert it to OpenAPI 3' : undefined,
      '/openapi',
    );
  }
  const components = get(root, 'components');
  const schemas = isObject(components) ? get(components, 'schemas') : undefined;
  if (!isObject(schemas) || Object.keys(schemas).length === 0)
    throw new ImportRefused(
      'nothing_to_import',
      'there are no schemas under components.schemas',
      undefined,
      '/components/schemas',
    );
  const all = Object.entries(schemas);
  if (all.length > MAX_ENTITIES) throw tooLarge(`there are more than ${MAX_ENTITIES} schemas`);
  const paths = get(root, 'paths');
  if (isObject(paths) && entity === undefined && hasInlineSchema(paths))
    notices.add(
      'inline_schemas',
      { pointer: '/paths' },
      'schemas that are written inside paths are not read, only those of components.schemas',
    );
  const walker = new SchemaWalker(root, notices, new Set(['discriminator', 'xml', 'externalDocs', 'example']));
  const wanted = all.filter(([name]) => name === entity);
  if (wanted.length > 0)
    return wanted.map(([name, schema]) => walker.entity(name, schema, pointerTo('/components/schemas', name)));
  const entities = all.flatMap(
    ([name, schema]) => walker.objectEntity(name, schema, pointerTo('/components/schemas', name)) ?? [],
  );
  if (entities.length === 0)
    throw new ImportRefused(
      'nothing_to_import',
      'none of the schemas under components.schemas is an object',
      undefined,
      '/components/schemas',
    );
  return entities;
}

/** Whether some schema has properties of its own; the document's depth is bounded. */
function hasInlineSchema(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasInlineSchema);
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) => (key === 'schema' && isObject(inner) && isObject(inner['properties'])) || hasInlineSchema(inner),
  );
}
