import { expect, it } from 'vitest';
import { fieldContext } from '../compile/field-context.ts';
import { loadLocale } from '../locales/load-locale.ts';
import type { LocaleData } from '../locales/locale-data.ts';
import { knownCountries, placesOf } from '../locales/places.ts';
import type { Program } from '../plan/program.ts';
import { parseTemplate } from '../template/parse-template.ts';
import { LocaleLists } from './locale-lists.ts';
import { allTypes } from './registry.ts';

const CLOCK = { now: 0, today: 0 };

// Scripts with and without Latin letters, with and without capitals.
it.each(['en', 'ja_JP', 'ka_GE'])(
  'a type takes the same from the lists of %s, whichever types asked before',
  async (locale) => {
    const data = (await loadLocale(locale)) as LocaleData;
    const fresh = () => new LocaleLists(data, placesOf(data), knownCountries());
    const shared = fresh();
    const differing = allTypes.filter(({ key }) => {
      const parsed = parseTemplate({ name: 't', fields: [{ name: 'v', type: key, options: { locale } }] });
      const [field] = parsed.ok ? parsed.value.fields : [];
      const build = (lists: LocaleLists) => field?.type.build?.(field.options, fieldContext(false, lists, CLOCK));
      return text(build(shared)) !== text(build(fresh()));
    });
    expect(differing.map(({ key }) => key)).toEqual([]);
  },
);

const text = (program: Program | undefined): string =>
  JSON.stringify(program, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
