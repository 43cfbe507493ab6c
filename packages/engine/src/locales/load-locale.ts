import type { LocaleData } from './locale-data.ts';

const syll = ['ba', 'ke', 'li', 'mo', 'nu', 'ra', 'se', 'ti', 'vo', 'zu', 'an', 'el'];
const mk = (n: number, k: number) =>
  Array.from({ length: n }, (_, i) => {
    let s = '';
    let x = i;
    for (let j = 0; j < k; j++) {
      s += syll[x % 12];
      x = Math.floor(x / 12);
    }
    return s;
  });
const cap = (s: string) => s[0]!.toUpperCase() + s.slice(1);
export async function loadLocale(code: string): Promise<LocaleData | undefined> {
  return code !== 'en'
    ? undefined
    : {
        code,
        label: 'x',
        language: 'en',
        country: null,
        person: { female: mk(1500, 3).map(cap), male: mk(1500, 4).map(cap), last: mk(480, 3).map(cap) },
        street: {
          pattern: '{number} {name}',
          numberMax: 9999,
          names: mk(1700, 3).flatMap((w) => [cap(w) + ' Street']),
        },
        company: { patterns: ['{last} {suffix}', '{last} & {last2} {suffix}'], suffixes: ['Inc', 'LLC'] },
        jobTitles: ['A', 'B'],
        words: mk(999, 3),
      };
}
export const localeCodes = () => ['en'];
