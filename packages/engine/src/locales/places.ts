import type { LocaleData } from './locale-data.ts';
export interface Place {
  readonly city: string;
  readonly cityEn?: string;
  readonly region: string;
  readonly regionCode: string;
  readonly country: string;
  readonly postcode: string;
  readonly phone: string;
}
export const placesOf = (_: LocaleData): readonly Place[] =>
  Array.from({ length: 700 }, (_, i) => ({
    city: 'City' + i,
    region: 'Region',
    regionCode: 'RE',
    country: ['US', 'DE', 'FR', 'GB'][i % 4]!,
    postcode: ['100##', '10###', '75###', 'SW1A #BB'][i % 4]!,
    phone: i % 3 === 0 ? '(212) N##-####' : ['+49 30 #######', '+33 1 ########'][i % 2]!,
  }));
export const countryNames = (): ReadonlyMap<string, string> => new Map([['US', 'United States']]);
