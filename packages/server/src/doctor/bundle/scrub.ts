import { formsOf, REDACTED } from '../../services/scenarios/logs/redactor.ts';

/** Puts a mark in the place of secrets, in texts and in whatever holds texts. */
export type Scrub = <T>(value: T) => T;

/**
 * The last fence of a bundle: whatever was gathered, and however a secret got into it, in none of its usual spellings does it come through.
 * @param secrets as they are; those of fewer than four characters are in too many words to be taken out
 */
export function scrubOf(secrets: readonly string[]): Scrub {
  const forms = formsOf(secrets).sort((a, b) => b.length - a.length);
  const ofText = (text: string): string => forms.reduce((left, form) => left.replaceAll(form, REDACTED), text);
  const of = (value: unknown): unknown => {
    if (typeof value === 'string') return ofText(value);
    if (typeof value === 'number') return ofText(String(value)) === String(value) ? value : REDACTED;
    if (Array.isArray(value)) return value.map(of);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [ofText(key), of(inner)]));
  };
  return <T>(value: T) => of(value) as T;
}
