import { IMPORT_KINDS, type ImportKind } from './import-kinds.ts';
import { ImportRefused } from './import-refused.ts';

/** How much of a text is looked at. */
const BEGINNING = 64 * 1024;

/** What a source is, by what is in its beginning. @throws ImportRefused kind_not_recognised */
export function detectKind(text: string): ImportKind {
  const start = text.slice(0, BEGINNING).trimStart();
  if (start.startsWith('<')) return 'edmx';
  if (start.startsWith('{') || start.startsWith('[')) return detectJson(start);
  if (/^[ \t]*(?:openapi|swagger)[ \t]*:/m.test(start)) return 'openapi';
  if (/^(?:models|sources|seeds|snapshots)\s*:/m.test(start)) return 'dbt';
  if (/^(?:model|enum|datasource|generator|type|view)\s+\w+\s*\{/m.test(start)) return 'prisma';
  if (/^(?:\$schema|\$defs|definitions|properties|["']\$schema["'])\s*:/m.test(start)) return 'json-schema';
  if (/\bCREATE\s+(?:\w+\s+){0,3}(?:TABLE|TYPE|DOMAIN)\b/i.test(text)) return 'sql-ddl';
  const [header = ''] = start.split('\n', 1);
  if (/[,;\t|]/.test(header)) return 'csv';
  throw notRecognised();
}

/** JSON by the keys that stand in it; a whole parse is left to the reader. */
function detectJson(start: string): ImportKind {
  const has = (pattern: RegExp): boolean => pattern.test(start);
  if (has(/"(?:openapi|swagger)"\s*:\s*"/)) return 'openapi';
  if (has(/"type"\s*:\s*"record"/) && has(/"fields"\s*:\s*\[/)) return 'avro';
  if (has(/^\{\s*"\$schema"\s*:|"(?:\$defs|definitions|\$ref)"\s*:\s*["{]/)) return 'json-schema';
  if (has(/"type"\s*:\s*"object"/) && has(/"properties"\s*:\s*\{/)) return 'json-schema';
  if (has(/^\{/) && has(/"num_rows"\s*:/) && has(/"columns"\s*:\s*\[/)) return 'mockaroo';
  if (has(/^\{\s*"[^"\\]*"\s*:\s*"\s*(?:faker\.\w+\.\w+|fake\.\w+)\s*(?:\(|;|")/)) return 'faker';
  return 'json';
}

const notRecognised = (): ImportRefused =>
  new ImportRefused(
    'kind_not_recognised',
    'the source is none of the kinds that can be recognised',
    `name its kind: ${IMPORT_KINDS.join(', ')}`,
    '/kind',
  );
