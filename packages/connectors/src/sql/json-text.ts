import type { Value } from '../value.ts';

/** A value as JSON. Integers beyond 2^53 are written in full, bytes in base64. */
export function jsonText(value: Value): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return rawJson(String(part));
    if (part instanceof Uint8Array) return Buffer.from(part).toString('base64');
    return part;
  });
}

/** JSON as what it means, with integers beyond 2^53 in full. */
export function jsonValue(text: string): Value {
  return parse(text, (_key, part, context) => {
    if (typeof part !== 'number' || Number.isSafeInteger(part) || context === undefined) return part;
    return /^-?\d+$/.test(context.source ?? '') ? BigInt(context.source ?? '') : part;
  });
}

// Of ECMAScript 2026; TypeScript does not know it yet.
const { parse, rawJSON: rawJson } = JSON as unknown as {
  rawJSON(text: string): unknown;
  parse(text: string, reviver: (key: string, part: Value, context?: { readonly source?: string }) => Value): Value;
};
