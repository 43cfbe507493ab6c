import type { Column } from '@datamaker/connectors';
import { type PatternTexts, textsOfPattern } from '@datamaker/engine/import';

/** One character of a pattern, or what stands for one, and that it may be left out. */
const ATOM = /(\\.|\[(?:\\.|[^\]])*\]|[^\\()[\]{}|*+?^$])([?*]\??)?/gsu;

interface Narrowed {
  readonly pattern: string;
  readonly texts: PatternTexts;
}

/**
 * A pattern of which all texts match another: that itself, with all characters that may be left out, or without them. Texts that fill a column are
 * preferred where it is filled with blanks otherwise: these would be compared as well.
 * @param isKey whether texts have to be kept distinct
 * @returns undefined: there is none of that kind
 */
export function narrowedPattern(
  pattern: string,
  { isPadded, maxLength }: Column,
  isKey: boolean,
): Narrowed | undefined {
  const ways = [pattern, pattern.replace(ATOM, '$1'), pattern.replace(ATOM, withoutOptional)];
  const found = ways.flatMap((one): Narrowed[] => {
    const texts = textsOfPattern(one);
    return texts === undefined || (isKey && texts.count === undefined) ? [] : [{ pattern: one, texts }];
  });
  const isFull = ({ texts }: Narrowed): boolean => texts.minLength === maxLength && texts.maxLength === maxLength;
  return (isPadded ? found.find(isFull) : undefined) ?? found[0];
}

const withoutOptional = (whole: string, _: string, isOptional: string | undefined): string =>
  isOptional === undefined ? whole : '';
