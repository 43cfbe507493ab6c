import { pointerTo } from '../template/diagnostic.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import type { ImportedEntity } from './imported-column.ts';
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
  /** What a row is: of `get` in the answer, of the others in the body. */
  readonly entity: ImportedEntity;
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
      const entity = walker.entity(path, schema, pointerTo(pointerTo('/paths', path), method));
      operations.push({ path, method, summary: typeof summary === 'string' ? summary : undefined, entity });
    }
  }
  return { operations, notices: notices.list() };
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
