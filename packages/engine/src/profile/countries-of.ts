import { innerFields } from '../compile/inner-fields.ts';
import { loadLocale } from '../locales/load-locale.ts';
import type { Field, Template } from '../template/template.ts';

/** The country of each locale that the fields of a template name, of `en` for those that name none; null where it has none. */
export async function countriesOf(template: Template): Promise<ReadonlyMap<string, string | null>> {
  const countries = new Map<string, string | null>();
  const visit = async (field: Field): Promise<void> => {
    const code = field.common.locale ?? 'en';
    if (!countries.has(code)) countries.set(code, (await loadLocale(code))?.country ?? null);
    for (const inner of innerFields(field)) await visit(inner);
  };
  for (const field of template.fields) await visit(field);
  return countries;
}
