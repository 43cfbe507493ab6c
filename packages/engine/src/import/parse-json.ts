import { isDeeperThan } from '../text/is-deeper-than.ts';
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

/** Looks before anything recurses into it. @throws ImportRefused */
export function refuseDeepJson(text: string): void {
  if (isDeeperThan(text, MAX_IMPORT_DEPTH))
    throw tooLarge(`the source is nested more than ${MAX_IMPORT_DEPTH} levels deep`, 'flatten it');
}

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** A property of an object itself: keys such as `constructor` are names like any other. */
export const get = (object: JsonObject, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);
