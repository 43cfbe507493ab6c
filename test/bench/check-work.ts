import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import validator from 'validator';
import { templateFile } from './contenders/contenders.ts';

interface Template {
  readonly fields: readonly { readonly name: string }[];
}

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const STATUS: Readonly<Record<string, number>> = { active: 0.7, inactive: 0.15, pending: 0.1, banned: 0.05 };
const letters = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/**
 * Whether a sample of a contender's CSV is the work asked for: the same columns under the same rules.
 * @returns for each column that is not, what is wrong with it
 */
export function checkWork(csv: string): Readonly<Record<string, string>> {
  const { data, meta, errors } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
  const names = (JSON.parse(readFileSync(templateFile, 'utf8')) as Template).fields.map((field) => field.name);
  if (errors.length > 0) return { file: errors[0]?.message ?? 'not CSV' };
  if (meta.fields?.join() !== names.join()) return { file: `columns are ${meta.fields?.join()}` };
  const wrong: Record<string, string> = {};
  const column = (name: string): string[] => data.map((row) => row[name] ?? '');
  const share = (name: string, holds: (value: string, row: Record<string, string>) => boolean): number =>
    data.filter((row) => holds(row[name] ?? '', row)).length / data.length;
  const all = (name: string, holds: (value: string, row: Record<string, string>) => boolean, least = 1): void => {
    const good = share(name, holds);
    if (good < least) wrong[name] = `${((1 - good) * 100).toFixed(1)} % break the rule, as ${sampleOf(name, holds)}`;
  };
  const sampleOf = (name: string, holds: (value: string, row: Record<string, string>) => boolean): string =>
    JSON.stringify(data.find((row) => !holds(row[name] ?? '', row))?.[name]);
  const within = (low: string, high: string) => (value: string) => value >= low && value <= high;

  // A sample that is the same in every row was computed once.
  for (const name of names) {
    const least = ['is_active', 'status', 'country_code'].includes(name) ? 2 : data.length / 100;
    if (new Set(column(name)).size < Math.min(least, 200)) wrong[name] = 'hardly varies from row to row';
  }
  const ids = new Set(column('id').map(Number));
  if (!data.every((_, i) => ids.has(i + 1))) wrong['id'] = 'not 1 to the number of rows';
  all('uuid', (value) => UUID_4.test(value));
  for (const name of ['first_name', 'last_name', 'city', 'street_address']) all(name, (value) => value !== '');
  all('phone', (value) => value.replace(/\D/g, '').length >= 6, 0.98);
  all('country_code', (value) => /^[A-Z]{2}$/.test(value));
  all(
    'email',
    (value, row) => {
      const local = letters(value.split('@')[0] ?? '');
      const parts = [row['first_name'] ?? '', row['last_name'] ?? ''].map(letters).filter((part) => part !== '');
      return value.includes('@') && parts.some((part) => local.includes(part.slice(0, 4)));
    },
    0.8,
  );
  all('birth_date', within('1940-01-01', '2005-12-31'));
  all('birth_date', (value) => wrong['birth_date'] === undefined && /^\d{4}-\d\d-\d\d$/.test(value));
  all('signup_at', (value) => /^20(1[5-9]|2[0-4])-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value));
  checkBalance(column('balance').map(Number), wrong);
  const active = share('is_active', (value) => value === 'true');
  if (Math.abs(active - 0.8) > 0.03) wrong['is_active'] = `${(active * 100).toFixed(1)} % are true`;
  for (const [status, wanted] of Object.entries(STATUS)) {
    const found = share('status', (value) => value === status);
    if (Math.abs(found - wanted) > 0.03) wrong['status'] = `${(found * 100).toFixed(1)} % are ${status}`;
  }
  all('credit_card', (value) => /^\d{14,16}$/.test(value) && validator.isLuhnNumber(value));
  all('iban', (value) => /^DE\d{20}$/.test(value) && validator.isIBAN(value));
  all('note', (value) => value.split(' ').length === 8 && value.endsWith('.'));
  return wrong;
}

/** Normal with mean 1000 and standard deviation 500, two decimals: about 68 % lie within one deviation. */
function checkBalance(values: readonly number[], wrong: Record<string, string>): void {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const inner = values.filter((value) => Math.abs(value - 1000) < 500).length / values.length;
  if (!values.every((value) => value >= -2000 && value <= 5000)) wrong['balance'] = 'outside -2000 to 5000';
  else if (Math.abs(mean - 1000) > 40 || Math.abs(deviation - 500) > 30 || Math.abs(inner - 0.683) > 0.03)
    wrong['balance'] =
      `mean ${mean.toFixed(0)}, deviation ${deviation.toFixed(0)}: not the normal distribution asked for`;
}
