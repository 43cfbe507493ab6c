import { locateJsonError } from '../text/locate-json-error.ts';
import { ImportRefused, tooLarge } from './import-refused.ts';
import { MAX_IMPORT_DEPTH } from './limits.ts';

/** The value of a JSON text. @throws ImportRefused for what is not JSON, with line and column, and for what is nested too deep */
export function parseJson(text: string): unknown {
  refuseDeepJson(text);
  try {
    return JSON.parse(text);
  } catch {
    const { line, column } = locateJsonError(text);
    throw new ImportRefused(
      'invalid_source',
      `the source is not JSON from line ${line}, column ${column} on`,
      'check quotes, commas and brackets there',
    );
  }
}

/** Counts brackets outside of texts before anything recurses into them. */
export function refuseDeepJson(text: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      // To the closing quote; a backslash takes the next character with it.
      for (at++; at < text.length; at++) {
        const inner = text.charCodeAt(at);
        if (inner === 0x5c) at++;
        else if (inner === 0x22) break;
      }
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > MAX_IMPORT_DEPTH)
        throw tooLarge(`the source is nested more than ${MAX_IMPORT_DEPTH} levels deep`, 'flatten it');
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A property of an object itself: keys such as `constructor` are names like any other. */
export const get = (object: JsonObject, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);
