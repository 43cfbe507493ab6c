import type { Value } from '../value.ts';

/**
 * Reads a list as PostgreSQL writes it (documentation, "Array Input and Output Syntax"): `{1,NULL,"a b"}`, `[0:1]={1,2}`.
 * @param scalar makes a value of an element
 * @param delimiter stands between elements; that of other types may stand bare in them
 */
export function parseList(text: string, scalar: (element: string) => Value, delimiter: string): Value {
  // Bounds that do not begin at 1 come first.
  let at = text.startsWith('[') ? text.indexOf('=') + 1 : 0;

  const list = (): Value[] => {
    const values: Value[] = [];
    at++;
    while (at < text.length && text[at] !== '}') {
      values.push(text[at] === '{' ? list() : text[at] === '"' ? quoted() : bare());
      if (text[at] === delimiter) at++;
    }
    at++;
    return values;
  };
  const quoted = (): Value => {
    let element = '';
    at++;
    while (at < text.length && text[at] !== '"') {
      if (text[at] === '\\') at++;
      element += text[at++];
    }
    at++;
    return scalar(element);
  };
  const bare = (): Value => {
    const from = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '}') at++;
    const element = text.slice(from, at);
    return element === 'NULL' ? null : scalar(element);
  };
  return list();
}
