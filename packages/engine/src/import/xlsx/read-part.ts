import sax from 'sax';
import { ImportRefused, tooLarge } from '../import-refused.ts';
import { MAX_IMPORT_DEPTH } from '../limits.ts';
import { damaged } from './refusals.ts';

/** An attribute of an element by its name; with `any`, whatever prefix it has. */
export type AttributeOf = (name: string, prefix?: 'any') => string | undefined;

/** What is done with the elements of a part as they come. Names have no prefix: `x:row` is `row`. */
export interface PartHandler {
  open(name: string, attribute: AttributeOf): void;
  close?(name: string): void;
  /** A piece of the text between tags. */
  text?(text: string): void;
  /** Whether all that is wanted has been seen; the rest is not read. */
  done?(): boolean;
}

/** Attributes of an element; those of spreadsheets have some dozens at most. */
const MAX_ATTRIBUTES = 1000;
/** Characters given to the parser at a time. It hands long texts on in pieces of as many, as long as it counts positions. */
const CHUNK = 64 * 1024;

/**
 * Reads the XML of a part, piece by piece. A document type is refused, and with it every entity but the five of XML.
 * @throws ImportRefused
 */
export function readPart(name: string, chunks: Iterable<Uint8Array>, handler: PartHandler): void {
  const parser = sax.parser(true, { strictEntities: true, position: true } as sax.SAXOptions);
  let depth = 0;
  let elements = 0;
  let attributes = 0;
  const isDone = (): boolean => handler.done?.() === true;
  parser.ondoctype = () => {
    throw new ImportRefused(
      'doctype_refused',
      `the part ${name} has a document type; entities are not read`,
      'no spreadsheet program writes such files: do not trust it',
    );
  };
  parser.onerror = (error) => {
    const [said = 'it is not well-formed'] = error.message.split('\n', 1);
    throw damaged(`the part ${name} is not XML: ${said.slice(0, 200)}`);
  };
  parser.onattribute = () => {
    if (++attributes > MAX_ATTRIBUTES) throw tooLarge(`an element of the part ${name} has too many attributes`);
  };
  parser.onopentag = ({ name: tag, attributes: given }) => {
    attributes = 0;
    elements++;
    if (++depth > MAX_IMPORT_DEPTH) throw tooLarge(`the part ${name} is nested more than ${MAX_IMPORT_DEPTH} deep`);
    if (!isDone())
      handler.open(localName(tag), (wanted, prefix) => attributeOf(given as Record<string, string>, wanted, prefix));
  };
  parser.onclosetag = (tag) => {
    depth--;
    if (!isDone()) handler.close?.(localName(tag));
  };
  const text = (piece: string): void => {
    if (!isDone()) handler.text?.(piece);
  };
  parser.ontext = text;
  parser.oncdata = text;
  for (const piece of decoded(name, chunks)) {
    for (let at = 0; at < piece.length; at += CHUNK) {
      parser.write(piece.slice(at, at + CHUNK));
      if (isDone()) return;
    }
  }
  parser.close();
  if (elements === 0) throw damaged(`the part ${name} is empty`);
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributeOf(all: Readonly<Record<string, string>>, name: string, prefix?: 'any'): string | undefined {
  if (Object.hasOwn(all, name)) return all[name];
  return prefix === 'any' ? Object.entries(all).find(([key]) => key.endsWith(`:${name}`))?.[1] : undefined;
}

/** Parts are in UTF-8 or UTF-16 (ECMA-376 part 2, annex on XML); a byte order mark tells. */
function* decoded(name: string, chunks: Iterable<Uint8Array>): Generator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  const decode = (chunk?: Uint8Array): string => {
    try {
      return decoder?.decode(chunk, { stream: chunk !== undefined }) ?? '';
    } catch {
      throw damaged(`the part ${name} is not valid ${decoder?.encoding.toUpperCase()}`);
    }
  };
  for (const chunk of chunks) {
    if (chunk.length === 0) continue;
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    yield decode(chunk);
  }
  yield decode();
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}
