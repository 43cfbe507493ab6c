import type { Country } from './places.ts';

/**
 * A phone pattern of a place as it is dialled from abroad: "+971 4 3######". Places have it so already, but for the
 * national form of North America: "(212) 555-01##" becomes "+1 212 555-01##".
 */
export const internationalPhone = (pattern: string, { callingCode }: Pick<Country, 'callingCode'>): string =>
  pattern.startsWith('+') ? pattern : `${callingCode} ${pattern.replace(/^\((\d+)\)/, '$1')}`;

/** The same as it is dialled within the country: the calling code gives way to the trunk prefix, "04 3######". */
export function nationalPhone(pattern: string, { callingCode, trunk }: Pick<Country, 'callingCode' | 'trunk'>): string {
  const beginning = `${callingCode} `;
  if (!pattern.startsWith(beginning)) return pattern;
  // Where the prefix is not just a zero it is written apart: 8 495 in Russia, 06 1 in Hungary.
  return `${trunk}${trunk === '' || trunk === '0' ? '' : ' '}${pattern.slice(beginning.length)}`;
}
