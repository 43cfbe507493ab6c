import type { CellEncoding, TextForm } from './cell-encoding.ts';
import { jsonInside } from './json-encoding.ts';

const asIs = (text: string): string => text;

/**
 * Values as they are, without quotes of any kind; objects and lists are JSON.
 * @param ofNull what stands for null
 * @param escapeText what the place does to texts, character by character
 */
export function plainEncoding(ofNull: string, escapeText: (text: string) => string = asIs): CellEncoding {
  const form: TextForm = { open: '', close: '', escape: escapeText };
  return {
    null: ofNull,
    boolean: ['false', 'true'],
    text: () => form,
    value: (value) => {
      if (value === null || value === undefined) return ofNull;
      return escapeText(typeof value === 'string' ? value : JSON.stringify(value));
    },
    structure: jsonInside('', '', escapeText),
  };
}
