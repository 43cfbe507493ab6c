import { describe, expect, it } from 'vitest';
import { Clock } from '../../compile/clock.ts';
import { fieldContext } from '../../compile/field-context.ts';
import { interpretRow } from '../../kernel/testing/interpret.ts';
import { loadLocale } from '../../locales/load-locale.ts';
import type { LocaleData } from '../../locales/locale-data.ts';
import type { Place } from '../../locales/places.ts';
import { LocaleLists } from '../locale-lists.ts';
import { addressLine } from './address-line.ts';
import { ofField, streetPieces } from './street.ts';

const place: Place = {
  ...{ city: '渋谷区', cityEn: 'Shibuya', region: '東京都', regionCode: '13', country: 'JP' },
  ...{ postcode: '150-####', phone: '' },
};

async function lineOf(
  locale: Pick<LocaleData, 'country' | 'language'>,
  one: Place,
  street: Pick<LocaleData['street'], 'pattern' | 'names'>,
  withCountry = true,
): Promise<unknown> {
  const english = (await loadLocale('en')) as LocaleData;
  const data = { ...english, ...locale, street: { ...street, numberMax: 9 } };
  const context = fieldContext(
    false,
    new LocaleLists(data, [one], new Map([['JP', { name: 'Japan', currency: 'JPY', callingCode: '+81', trunk: '0' }]])),
    new Clock(0),
  );
  const body = addressLine(streetPieces(context, ofField(context)), withCountry, context);
  return interpretRow([{ name: 'v', path: '/v', program: { kind: 'string', body } }], 's', 0n)['v'];
}

describe('a whole address', () => {
  const japanese = { pattern: '{name}{number}', names: ['神南'] };

  it('goes from the large to the small in Japanese, Chinese and Korean', async () => {
    expect(await lineOf({ country: 'JP', language: 'ja' }, place, japanese)).toMatch(
      /^〒150-\d{4} 東京都渋谷区神南[1-9]$/,
    );
    const beijing = { ...place, city: '北京市', region: '北京市', country: 'CN', postcode: '1000##' };
    const road = { pattern: '{name}{number}号', names: ['长安街'] };
    expect(await lineOf({ country: 'CN', language: 'zh' }, beijing, road)).toMatch(/^1000\d\d 北京市长安街[1-9]号$/);
    const gangnam = { ...place, city: '수원시', region: '경기도', country: 'KR', postcode: '164##' };
    const spaced = { pattern: '{name} {number}', names: ['세종대로'] };
    expect(await lineOf({ country: 'KR', language: 'ko' }, gangnam, spaced)).toMatch(
      /^164\d\d 경기도 수원시 세종대로 [1-9]$/,
    );
  });

  it('goes from the small to the large in English, whatever the country', async () => {
    const street = { pattern: '{number} {name}', names: ['Jinnan'] };
    const pattern = /^[1-9] Jinnan, Shibuya, 東京都 150-\d{4}, Japan$/;
    expect(await lineOf({ country: null, language: 'en' }, place, street)).toMatch(pattern);
    const without = await lineOf({ country: null, language: 'en' }, place, street, false);
    expect(without).toMatch(/^[1-9] Jinnan, Shibuya, 東京都 150-\d{4}$/);
  });

  it('has no gap where the country has no postcodes', async () => {
    const dubai = { ...place, city: 'Dubai', cityEn: 'Dubai', region: 'Dubai', country: 'AE', postcode: '' };
    const street = { pattern: '{number} {name}', names: ['Creek Road'] };
    expect(await lineOf({ country: 'AE', language: 'en' }, dubai, street, false)).toMatch(/^[1-9] Creek Road, Dubai$/);
  });
});
