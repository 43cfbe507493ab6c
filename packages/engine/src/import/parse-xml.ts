import sax from 'sax';
import { ImportRefused, tooLarge } from './import-refused.ts';
import { MAX_IMPORT_DEPTH } from './limits.ts';

/** An element, its namespace left out: `edm:Property` is `Property`. */
export interface XmlElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  /** What stands in it besides elements; only where it was asked for. */
  text?: string;
}

/** Elements and attributes of a document. */
const MAX_NODES = 500_000;
/** Characters given to the parser at a time, so that a refusal comes early. */
const CHUNK = 64 * 1024;

/**
 * The elements of an XML text. A document type is refused, and with it every entity but the five of XML itself: no text can grow,
 * and nothing is fetched.
 * @throws ImportRefused
 */
export function parseXml(text: string, { keepText = false }: { keepText?: boolean } = {}): XmlElement {
  const parser = sax.parser(true, { position: true, strictEntities: true } as sax.SAXOptions);
  const stack: XmlElement[] = [];
  let root: XmlElement | undefined;
  let nodes = 0;
  parser.ondoctype = () => {
    throw new ImportRefused(
      'doctype_refused',
      `the document has a document type (line ${parser.line + 1}); entities are not read`,
      'take out <!DOCTYPE …>',
    );
  };
  parser.onerror = (error) => {
    const [said = 'it is not well-formed'] = error.message.split('\n', 1);
    throw new ImportRefused(
      'invalid_source',
      `the source is not XML in line ${parser.line + 1}: ${said.slice(0, 200)}`,
    );
  };
  parser.onopentag = (tag) => {
    const attributes = new Map(Object.entries(tag.attributes).map(([name, value]) => [localName(name), String(value)]));
    nodes += 1 + attributes.size;
    if (nodes > MAX_NODES) throw tooLarge(`the XML has more than ${MAX_NODES} elements and attributes`);
    if (stack.length >= MAX_IMPORT_DEPTH)
      throw tooLarge(`the source is nested more than ${MAX_IMPORT_DEPTH} levels deep`, 'flatten it');
    const element: XmlElement = { name: localName(tag.name), line: parser.line + 1, attributes, children: [] };
    const parent = stack.at(-1);
    if (parent === undefined) root = element;
    else parent.children.push(element);
    stack.push(element);
  };
  if (keepText) {
    const keep = (part: string): void => {
      const element = stack.at(-1);
      if (element !== undefined) element.text = (element.text ?? '') + part;
    };
    parser.ontext = keep;
    parser.oncdata = keep;
  }
  parser.onclosetag = () => {
    stack.pop();
  };
  for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK));
  parser.close();
  if (root === undefined) throw new ImportRefused('invalid_source', 'there is no element in the XML');
  return root;
}

/** `sap:label` stays as it is: only what belongs to XML and EDM itself loses its prefix. */
const localName = (name: string): string =>
  /^(?:edm|edmx|m|d):/i.test(name) ? name.slice(name.indexOf(':') + 1) : name;
