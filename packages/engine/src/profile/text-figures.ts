/** What is longer is cut. */
const LONGEST_SHAPE = 60;

/** The beginning of a text, longer than `length`, as JSON; nothing of what is cut off is kept. */
export const jsonCutAt = (length: number, text: string): string =>
  `${JSON.stringify(text.slice(0, length)).slice(0, length)}…`;

/** A value as JSON, cut where it is long. */
export function beginningOf(value: unknown): string {
  if (typeof value === 'string' && value.length > LONGEST_SHAPE) return jsonCutAt(LONGEST_SHAPE, value);
  const json = typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  return json.length > LONGEST_SHAPE ? `${json.slice(0, LONGEST_SHAPE)}…` : json;
}

/** Characters as people count them, nearly: code points. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xd800) length--;
  return length;
}

/** The shape of a text: A for an upper-case letter, a for another, 9 for a digit. */
export const shapeOf = (text: string): string => {
  const shape = text
    .slice(0, LONGEST_SHAPE)
    .replaceAll(/\p{N}/gu, '9')
    .replaceAll(/\p{Lu}/gu, 'A')
    .replaceAll(/\p{L}/gu, (letter) => (letter === 'A' ? letter : 'a'));
  return text.length > LONGEST_SHAPE ? `${shape}…` : shape;
};
