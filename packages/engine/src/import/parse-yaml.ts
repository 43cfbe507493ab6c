import { type Document, isScalar, Lexer, LineCounter, parseDocument, visit } from 'yaml';
import { ImportRefused, tooLarge } from './import-refused.ts';
import { MAX_IMPORT_DEPTH, MAX_YAML_ALIASES, MAX_YAML_BYTES } from './limits.ts';
import type { Notices } from './notices.ts';
import { parseJson } from './parse-json.ts';

/**
 * The value of a YAML or JSON text. Aliases that multiply and nesting beyond the limit are refused; keys that are there twice and
 * tags without a meaning are told.
 * @throws ImportRefused
 */
export function parseYaml(text: string, notices: Notices): unknown {
  const start = text.trimStart();
  if (start.startsWith('{') || start.startsWith('[')) return parseJson(text);
  if (text.length > MAX_YAML_BYTES)
    throw tooLarge(`the YAML has more than ${MAX_YAML_BYTES / 1024 / 1024} MiB`, 'give it as JSON, or in parts');
  refuseDeepYaml(text);
  const lines = new LineCounter();
  const document = parseNodes(text, lines);
  const [error] = document.errors;
  if (error !== undefined) {
    if (error.message.includes('call stack')) throw tooDeep();
    const { line, col } = lines.linePos(error.pos[0]);
    throw new ImportRefused(
      'invalid_source',
      `the source is not YAML from line ${line}, column ${col} on: ${error.message.slice(0, 200)}`,
      'check indentation and quotes there',
    );
  }
  tellOddities(document, lines, notices);
  try {
    return document.toJS({ maxAliasCount: MAX_YAML_ALIASES });
  } catch (error) {
    if (error instanceof ReferenceError)
      throw tooLarge(
        `the aliases of the YAML stand for more than ${MAX_YAML_ALIASES} times what is written`,
        'write it out',
      );
    throw error;
  }
}

/** Keys are compared here: the library compares each with each, which takes a minute for some ten thousand. */
function parseNodes(text: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { logLevel: 'silent', prettyErrors: false, uniqueKeys: false, lineCounter });
  } catch (error) {
    // The library recurses by level.
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}

function tellOddities(document: Document.Parsed, lines: LineCounter, notices: Notices): void {
  const placeOf = (range: readonly number[] | null | undefined): { line?: number } =>
    range?.[0] === undefined ? {} : { line: lines.linePos(range[0]).line };
  visit(document, {
    Map(_key, map, path) {
      if (path.length > MAX_IMPORT_DEPTH * 2) throw tooDeep();
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const value = isScalar(key) ? key.value : undefined;
        if (value !== undefined && seen.has(value))
          notices.add(
            'duplicate_key',
            placeOf((key as { range?: number[] }).range),
            `the key ${String(value).slice(0, 60)} is there twice: the last one counts`,
          );
        seen.add(value);
      }
    },
    Seq(_key, _list, path) {
      if (path.length > MAX_IMPORT_DEPTH * 2) throw tooDeep();
    },
    Value(_key, { tag, range }) {
      if (tag !== undefined && !tag.startsWith('tag:yaml.org,2002:'))
        notices.add('yaml_tag', placeOf(range), `the tag ${tag.slice(0, 60)} means nothing here`);
    },
  });
}

/** What opens a level without a new line. */
const OPENING = new Set(['-', '?', ':']);
const SCALAR = '\u001f';

/** Levels are counted by the tokens of the library before its parser sees them: what it does takes time by the square of the depth. */
function refuseDeepYaml(text: string): void {
  let flow = 0;
  let inLine = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(text)) {
    if (isScalar) isScalar = false;
    else if (token === SCALAR) isScalar = true;
    else if (token === '[' || token === '{') flow++;
    else if (token === ']' || token === '}') flow = Math.max(0, flow - 1);
    else if (OPENING.has(token) && flow === 0) inLine++;
    else if (token.startsWith('\n') || token.startsWith('\r')) inLine = 0;
    if (flow > MAX_IMPORT_DEPTH || inLine > MAX_IMPORT_DEPTH) throw tooDeep();
  }
}

const tooDeep = (): Error => tooLarge(`the source is nested more than ${MAX_IMPORT_DEPTH} levels deep`, 'flatten it');
