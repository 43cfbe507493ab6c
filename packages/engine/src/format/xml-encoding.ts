import type { CellEncoding, TextForm } from './cell-encoding.ts';
import { jsonInside } from './json-encoding.ts';
import { xmlName } from './xml-name.ts';

/** What XML 1.0 cannot hold, not even as a reference (section 2.2). */
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;

/** Text as the content of an element. A carriage return would be read as a line feed if it stood for itself (section 2.11). */
export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
    .replaceAll(FORBIDDEN, '\uFFFD');

/** Of a list: what stands around each of its values, which have no name of their own. */
const ITEM = 'item';

/** A value as an element of this name. Objects hold an element for each member, lists one called `item` for each value. */
export function xmlElement(name: string): CellEncoding {
  const tag = xmlName(name);
  const enclosure = { open: `<${tag}>`, close: `</${tag}>` };
  const form: TextForm = { ...enclosure, escape: escapeXml };
  return {
    null: `<${tag} xsi:nil="true"/>`,
    boolean: [`<${tag}>false</${tag}>`, `<${tag}>true</${tag}>`],
    framesTexts: true,
    text: () => form,
    value: (value) => element(tag, value),
    structure: {
      object: enclosure,
      list: { ...enclosure, separator: '', item: { open: `<${ITEM}>`, close: `</${ITEM}>` } },
      item: () => xmlElement(ITEM),
      document: { ...enclosure, encoding: () => jsonText },
      member: (member) => ({ before: '', encoding: xmlElement(member) }),
    },
  };
}

function element(tag: string, value: unknown): string {
  if (value === null || value === undefined) return `<${tag} xsi:nil="true"/>`;
  return `<${tag}>${content(value)}</${tag}>`;
}

function content(value: unknown): string {
  if (typeof value !== 'object' || value === null) return escapeXml(String(value));
  if (Array.isArray(value)) return value.map((item) => element(ITEM, item)).join('');
  return Object.entries(value)
    .map(([name, member]) => element(xmlName(name), member))
    .join('');
}

/** JSON as the text of an element. */
const jsonText: CellEncoding = jsonInside('', '', escapeXml).item();
