import { FORMATS, type Format, formatInfo, formatOptionInfos } from '@datamaker/engine';
import { ApiError } from '../errors.ts';
import { PROBLEM_TYPE } from './problem.ts';

const typesOf = (format: Format): string[] => {
  const [type = ''] = formatInfo(format).mediaType.split(';');
  return format === 'ndjson' ? [type, 'application/jsonl', 'application/ndjson'] : [type];
};

/** Formats that can be had without saying more than their name. */
const negotiable = FORMATS.filter(
  (format) => !formatOptionInfos().some((option) => option.format === format && option.required),
);

/** The format that an Accept header asks for: the first known type by weight, JSON when any will do. */
export function negotiateFormat(accept: string | undefined): Format {
  if (accept === undefined || accept.trim() === '') return 'json';
  const ranges = accept
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
      const q = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1);
      return { type, q: Number.isNaN(q) ? 0 : q };
    })
    // That is how errors are asked for.
    .filter(({ type, q }) => q > 0 && type !== PROBLEM_TYPE)
    .toSorted((a, b) => b.q - a.q);
  if (ranges.length === 0 && accept.toLowerCase().includes(PROBLEM_TYPE)) return 'json';
  for (const { type } of ranges) {
    if (type === '*/*' || type === 'application/*') return 'json';
    const found =
      negotiable.find((format) => typesOf(format).includes(type)) ?? (type === 'text/*' ? 'csv' : undefined);
    if (found !== undefined) return found;
  }
  throw new ApiError(
    'not_acceptable',
    `none of the types in Accept can be made: ${negotiable.flatMap(typesOf).join(', ')}`,
  );
}
