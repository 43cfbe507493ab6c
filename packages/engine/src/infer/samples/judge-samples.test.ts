import { describe, expect, it } from 'vitest';
import { inferTemplate } from '../infer-template.ts';

const typeOf = (name: string, values: readonly unknown[]) =>
  inferTemplate([name], { samples: { [name]: values } }).fields[0];

describe('samples', () => {
  it('promote what they look like over what the name says', () => {
    expect(typeOf('code', ['a@example.com', 'b@example.org', 'c@example.net'])).toMatchObject({
      type: 'email',
      source: 'samples',
    });
    expect(typeOf('reference', ['DE89370400440532013000', 'GB82WEST12345698765432', 'NL91ABNA0417164300'])?.type).toBe(
      'iban',
    );
    expect(typeOf('number', ['4539578763621486', '5555555555554444', '4111111111111111'])?.type).toBe(
      'credit_card_number',
    );
    expect(
      typeOf('id', [
        '8af89fe4-f189-430d-ad00-c813ea9bce46',
        '8af89fe4-f189-430d-ad00-c813ea9bce47',
        '8af89fe4-f189-430d-ad00-c813ea9bce48',
      ])?.type,
    ).toBe('uuid');
  });

  it('do not take wrong check digits for right ones', () => {
    expect(
      typeOf('reference', ['DE89370400440532013001', 'GB82WEST12345698765433', 'NL91ABNA0417164301'])?.type,
    ).not.toBe('iban');
    expect(typeOf('note', ['4539578763621487', '5555555555554445', '4111111111111112'])?.type).not.toBe(
      'credit_card_number',
    );
  });

  it('veto a name that they contradict', () => {
    expect(typeOf('email', ['Anna', 'Berta', 'Clara'])?.type).not.toBe('email');
    expect(typeOf('city', [12, 14, 17])?.type).toBe('number');
    expect(typeOf('price', ['cheap', 'dear', 'free'])?.type).not.toBe('price');
  });

  it('confirm a name that they agree with', () => {
    const [sure, plain] = [typeOf('email', ['a@example.com', 'b@example.com']), inferTemplate(['email']).fields[0]];
    expect(sure?.confidence).toBeGreaterThan(plain?.confidence ?? 1);
  });

  it('give the values of a closed set, and how often they come', () => {
    const field = typeOf('status', ['new', 'new', 'new', 'done', 'done', 'new', 'new', 'done', 'new']);
    expect(field).toMatchObject({ type: 'enum', options: { values: ['new', 'done'], weights: [6, 3] } });
  });

  it('give bounds of numbers and the shape of codes', () => {
    expect(typeOf('level_x', [1.5, 2.25, 9])).toMatchObject({
      type: 'float',
      options: { min: 1.5, max: 9, decimals: 2 },
    });
    expect(typeOf('xyz', ['DE-4711', 'DE-0815', 'DE-1234'])).toMatchObject({
      type: 'regex',
      options: { pattern: 'DE\\-[0-9][0-9][0-9][0-9]' },
    });
  });

  it('say nothing when there are none', () => {
    expect(typeOf('email', [])).toEqual(inferTemplate(['email']).fields[0]);
    expect(typeOf('email', [null, '', undefined])).toEqual(inferTemplate(['email']).fields[0]);
  });
});
