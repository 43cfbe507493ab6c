import { compileTemplate, parseTemplate } from '@datamaker/engine';
import { SeedError } from '../seed-error.ts';

/** Refuses a locale that there is none of, once and not for each table. @throws SeedError invalid_seed_options */
export async function checkLocale(locale: string | undefined): Promise<void> {
  if (locale === undefined) return;
  const parsed = parseTemplate({ name: 'locale', fields: [{ name: 'id', type: 'full_name' }], locale });
  const made = parsed.ok ? await compileTemplate(parsed.value) : parsed;
  if (made.ok) return;
  const [first] = made.diagnostics;
  throw new SeedError('invalid_seed_options', first?.message ?? '`locale` is none', first?.hint);
}
