import { pointerTo } from '../template/diagnostic.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedColumn, ImportedEntity } from './imported-column.ts';
import { SchemaWalker } from './json-schema/schema-walker.ts';
import { MAX_ENTITIES, MAX_IMPORT_BYTES } from './limits.ts';
import { type Notice, Notices } from './notices.ts';
import { get, isObject, type JsonObject } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';

/** What goes to a path, or comes from it. */
export interface OpenApiOperation {
  /** `/orders/{id}`, as the document writes it. */
  readonly path: string;
  readonly method: 'post' | 'put' | 'patch' | 'get';
  readonly summary: string | undefined;
  /** What a row is: of `get` in the answer, of the others in the body, without what only the system may say (`readOnly`). */
  readonly entity: ImportedEntity;
  /** Where rows are in a body: it is a row, a list of rows, or has them in the list of its only property. */
  readonly rows: 'body' | 'list' | { readonly property: string };
  /** The parts of the path in braces, in their order. */
  readonly parameters: readonly ImportedColumn[];
}

const METHODS = ['post', 'put', 'patch', 'get'] as const;

/**
 * The operations of an OpenAPI 3.x document whose rows are described, in JSON or YAML. `importSchema` reads the schemas under
 * components; this reads what stands at paths.
 * @throws ImportRefused
 */
export function openApiOperations(text: string): {
  readonly operations: readonly OpenApiOperation[];
  readonly notices: readonly Notice[];
} {
  if (text.length > MAX_IMPORT_BYTES) throw tooLarge(`it has more than ${MAX_IMPORT_BYTES / 1024 / 1024} MiB`);
  const notices = new Notices();
  const root = parseYaml(text, notices);
  const version = isObject(root) ? get(root, 'openapi') : undefined;
  if (!isObject(root) || typeof version !== 'string' || !version.startsWith('3.')) {
    throw new ImportRefused('invalid_source', 'it is no OpenAPI 3.x document', undefined, '/openapi');
  }
  const walker = new SchemaWalker(root, notices, new Set(['discriminator', 'xml', 'externalDocs', 'example']));
  const paths = get(root, 'paths');
  const operations: OpenApiOperation[] = [];
  for (const [path, item] of isObject(paths) ? Object.entries(paths) : []) {
    const known = resolved(item, root);
    for (const method of METHODS) {
      const operation = resolved(known === undefined ? undefined : get(known, method), root);
      if (operation === undefined) continue;
      const schema = schemaOf(operation, method, root);
      if (schema === undefined) continue;
      if (operations.length >= MAX_ENTITIES) throw tooLarge(`there are more than ${MAX_ENTITIES} operations`);
      const summary = get(operation, 'summary');
      const pointer = pointerTo(pointerTo('/paths', path), method);
      const { entity, rows } = rowsOf(
        walker,
        path,
        method === 'get' ? schema : writable(schema, root),
        pointer,
        method,
      );
      const parameters = parametersOf(path, [known, operation], root).map(([name, one]) =>
        walker.column(name, one, pointer),
      );
      const said = typeof summary === 'string' ? summary : undefined;
      operations.push({ path, method, summary: said, entity, rows, parameters });
    }
  }
  return { operations, notices: notices.list() };
}

/** What a row of a body is, and where it is. */
function rowsOf(
  walker: SchemaWalker,
  path: string,
  schema: unknown,
  pointer: string,
  method: OpenApiOperation['method'],
): Pick<OpenApiOperation, 'entity' | 'rows'> {
  if (method === 'get') return { entity: walker.entity(path, schema, pointer), rows: 'body' };
  const { kind, items, columns = [], place } = walker.column(path, schema, pointer);
  const of = (all: readonly ImportedColumn[] = []): ImportedEntity => ({ name: path, place, columns: all });
  if (kind === 'array' && items?.kind === 'object') return { entity: of(items.columns), rows: 'list' };
  if (kind !== 'object') return { entity: walker.entity(path, schema, pointer), rows: 'body' };
  const [only, ...others] = columns;
  if (only?.items?.kind !== 'object' || others.length > 0) return { entity: of(columns), rows: 'body' };
  return { entity: of(only.items.columns), rows: { property: only.name } };
}

/** A schema of a body, without properties that only answers have (OpenAPI 3.1, 4.8.24.2: `readOnly`). */
function writable(schema: unknown, root: JsonObject): unknown {
  const known = resolved(schema, root);
  if (known === undefined) return schema;
  const properties = get(known, 'properties');
  const items = get(known, 'items');
  const parts = get(known, 'allOf');
  if (Array.isArray(parts)) return { ...known, allOf: parts.map((part: unknown) => writable(part, root)) };
  if (items !== undefined) return { ...known, items: writable(items, root) };
  if (!isObject(properties)) return schema;
  const isWritten = ([, one]: [string, unknown]): boolean => {
    const property = resolved(one, root);
    return property === undefined || get(property, 'readOnly') !== true;
  };
  const kept = Object.fromEntries(Object.entries(properties).filter(isWritten));
  const required = get(known, 'required');
  const needed = Array.isArray(required) ? required.filter((name) => typeof name === 'string' && name in kept) : [];
  return { ...known, properties: kept, required: needed };
}

/** Schemas of the parameters in a path; those of the operation come before those of the path. */
function parametersOf(
  path: string,
  places: readonly (JsonObject | undefined)[],
  root: JsonObject,
): [string, unknown][] {
  const schemas = new Map<string, unknown>();
  for (const place of places) {
    const list = place === undefined ? undefined : get(place, 'parameters');
    for (const one of Array.isArray(list) ? list : []) {
      const parameter = resolved(one, root);
      const name = parameter === undefined ? undefined : get(parameter, 'name');
      if (parameter === undefined || typeof name !== 'string' || get(parameter, 'in') !== 'path') continue;
      schemas.set(name, get(parameter, 'schema'));
    }
  }
  return Array.from(path.matchAll(/\{([^{}]+)\}/g), ([, name = '']) => [name, schemas.get(name) ?? { type: 'string' }]);
}

/** The schema of the JSON body, or of the JSON of the first good answer. */
function schemaOf(operation: JsonObject, method: OpenApiOperation['method'], root: JsonObject): unknown {
  if (method !== 'get') return ofContent(resolved(get(operation, 'requestBody'), root));
  const responses = get(operation, 'responses');
  const [, good] =
    (isObject(responses) ? Object.entries(responses) : []).find(([status]) => /^(2..|default)$/i.test(status)) ?? [];
  return ofContent(resolved(good, root));
}

function ofContent(body: JsonObject | undefined): unknown {
  const content = body === undefined ? undefined : get(body, 'content');
  const types = isObject(content) ? Object.entries(content) : [];
  const [, media] = types.find(([type]) => /^application\/([\w.+-]*\+)?json\b/i.test(type)) ?? [];
  return isObject(media) ? get(media, 'schema') : undefined;
}

/** What a reference inside the document leads to, at most a few steps on. */
function resolved(node: unknown, root: JsonObject): JsonObject | undefined {
  let found = node;
  for (let step = 0; step < 5; step++) {
    if (!isObject(found)) return undefined;
    const ref = get(found, '$ref');
    if (typeof ref !== 'string') return found;
    if (!ref.startsWith('#/')) return undefined;
    let inner: unknown = root;
    for (const part of ref.slice(2).split('/')) {
      inner = isObject(inner) ? get(inner, part.replaceAll('~1', '/').replaceAll('~0', '~')) : undefined;
    }
    found = inner;
  }
  return undefined;
}
