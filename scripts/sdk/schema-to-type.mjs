/**
 * A JSON Schema of an OpenAPI document as a type of TypeScript. What a type cannot say (bounds, patterns) is left out: the server checks it.
 * @param {unknown} schema @param {string} indent of the lines after the first
 */
export function schemaToType(schema, indent = '') {
  if (schema === true || schema === undefined || Object.keys(schema).length === 0) return 'unknown';
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts !== undefined) return unique(parts.map((one) => schemaToType(one, indent))).join(' | ');
  if (schema.allOf !== undefined) return schema.allOf.map((one) => `(${schemaToType(one, indent)})`).join(' & ');
  const types = [schema.type ?? 'unknown'].flat();
  return unique(types.map((type) => ofType(type, schema, indent))).join(' | ');
}

const SCALARS = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

function ofType(type, schema, indent) {
  if (type in SCALARS) return SCALARS[type];
  if (type === 'array') return `readonly ${inBrackets(schemaToType(schema.items, indent))}[]`;
  return type === 'object' ? objectType(schema, indent) : 'unknown';
}

/** @param {{ properties?: object, required?: string[], additionalProperties?: unknown }} schema */
export function objectType({ properties = {}, required = [], additionalProperties }, indent) {
  const names = Object.keys(properties);
  const others =
    additionalProperties === undefined || additionalProperties === false ? undefined : additionalProperties;
  if (names.length === 0) return others === undefined ? 'Readonly<Record<string, never>>' : recordOf(others, indent);
  const inner = `${indent}  `;
  const members = names.map((name) => {
    const schema = properties[name];
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    const mark = required.includes(name) ? '' : '?';
    const type = schemaToType(schema, inner);
    // Whoever has no value may say so.
    return `${commentOf(schema, inner)}${inner}readonly ${key}${mark}: ${type}${mark === '' || type === 'unknown' ? '' : ' | undefined'};\n`;
  });
  const object = `{\n${members.join('')}${indent}}`;
  return others === undefined ? object : `${object} & ${recordOf({}, indent)}`;
}

const recordOf = (values, indent) => `Readonly<Record<string, ${schemaToType(values, indent)}>>`;

export function commentOf({ description } = {}, indent) {
  return description === undefined
    ? ''
    : `${indent}/** ${description.replaceAll('*/', '*\u200b/').replaceAll('\n', ' ')} */\n`;
}

const inBrackets = (type) => (/[|&]|^readonly /.test(type) && !/^\{.*\}$/s.test(type) ? `(${type})` : type);

const unique = (all) => [...new Set(all)];
