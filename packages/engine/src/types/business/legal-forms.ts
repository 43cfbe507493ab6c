import type { LocaleData } from '../../locales/locale-data.ts';
import table from './data/legal-forms.json' with { type: 'json' };

const ofCountries: Readonly<Record<string, readonly string[] | undefined>> = table.ofCountry;
const ofLocales: Readonly<Record<string, readonly string[] | undefined>> = table.ofLocale;

/**
 * The usual legal forms of companies, as names write them: in the script and language of the locale, or in Latin letters
 * in those of a country.
 */
export const legalFormsOf = ({ code, country }: Pick<LocaleData, 'code' | 'country'>): readonly string[] =>
  ofLocales[code] ?? legalFormsIn(country ?? '');

/** The legal forms of a country, ISO 3166-1 alpha-2, in Latin letters. @throws for a country without any */
export function legalFormsIn(country: string): readonly string[] {
  const forms = ofCountries[country];
  if (forms === undefined) throw new Error(`no legal forms of ${country}`);
  return forms;
}

/**
 * The legal form that stands in a company's name as a word of its own; the longest, since "GmbH & Co. KG" is no "KG".
 * @param separated whether the language puts blanks between words; else the form may stand anywhere
 * @returns its index, or undefined
 */
export function legalFormIn(name: string, forms: readonly string[], separated: boolean): number | undefined {
  const letter = (text: string | undefined): boolean => text !== undefined && /[\p{L}\p{M}\p{N}]/u.test(text);
  const stands = (form: string): boolean => {
    for (let at = name.indexOf(form); at >= 0; at = name.indexOf(form, at + 1)) {
      if (!separated || !(letter(name[at - 1]) || letter(name[at + form.length]))) return true;
    }
    return false;
  };
  const found = forms.filter(stands).toSorted((a, b) => b.length - a.length)[0];
  return found === undefined ? undefined : forms.indexOf(found);
}
