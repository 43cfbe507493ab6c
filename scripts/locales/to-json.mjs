/**
 * JSON with each list on one line, so that the files stay compact and a change of one list is a change of one line.
 * A list of lists has one inner list a line.
 */
export function toJson(value, indent = '') {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (!value.some(Array.isArray)) return JSON.stringify(value);
    return `[\n${value.map((item) => inner + JSON.stringify(item)).join(',\n')}\n${indent}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${inner}${JSON.stringify(key)}: ${toJson(member, inner)}`);
  return `{\n${members.join(',\n')}\n${indent}}`;
}
