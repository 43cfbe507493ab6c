import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../template/parse-template.ts';
import type { Template } from '../template/template.ts';
import { createMasker } from './create-masker.ts';
import type { MaskOptions } from './mask-options.ts';
import { maskRows } from './mask-rows.ts';

const KEY = new TextEncoder().encode('a key of 24 bytes, or so');

async function masked(rows: readonly unknown[], policy: unknown, options: MaskOptions = {}) {
  const result = await maskRows(rows, policy, { key: KEY, ...options });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics, undefined, 1));
  return result.value;
}

async function refused(rows: readonly unknown[], policy: unknown, options: MaskOptions = { key: KEY }) {
  const result = await maskRows(rows, policy, options);
  if (result.ok) throw new Error(`rows came out: ${JSON.stringify(result.value)}`);
  return result.diagnostics;
}

const only = (strategy: string | object) => ({ strategies: { x: strategy } });
const one = async (value: unknown, strategy: string | object, options: MaskOptions = {}) =>
  (await masked([{ x: value }], only(strategy), options)).rows[0]?.['x'];

function templateOf(source: unknown): Template {
  const parsed = parseTemplate(source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.value;
}

describe('strategies', () => {
  it('replace gives fakes of the type, another for each row, coherent within it, the same for the same seed', async () => {
    const rows = Array.from({ length: 3000 }, () => ({ first_name: 'Xantippe', email: 'xantippe@corp.test' }));
    const policy = { strategies: { first_name: 'replace', email: 'faker-replace' } };
    const first = await masked(rows, policy, { seed: 's' });
    expect(JSON.stringify(first)).not.toMatch(/xantippe|corp\.test/i);
    expect(first.log).toEqual([
      { field: 'first_name', strategy: 'replace', type: 'first_name', values: 3000, nulls: 0 },
      { field: 'email', strategy: 'replace', type: 'email', values: 3000, nulls: 0 },
    ]);
    expect(new Set(first.rows.map((row) => row['email'])).size).toBeGreaterThan(2500);
    for (const row of first.rows.slice(0, 100)) {
      const name = String(row['first_name']).toLowerCase();
      if (/^[a-z]+$/.test(name)) expect(row['email']).toContain(name);
    }
    expect((await masked(rows, policy, { seed: 's' })).rows).toEqual(first.rows);
    expect((await masked(rows, policy)).rows).not.toEqual(first.rows);
  });

  it('replace does not depend on the values', async () => {
    const policy = { strategies: { email: 'replace', n: { strategy: 'replace', type: 'number' } } };
    const a = await masked([{ email: 'a@b.test', n: 1 }], policy, { seed: 's' });
    const b = await masked([{ email: 'quite@other.test', n: 77 }], policy, { seed: 's' });
    expect(a.rows).toEqual(b.rows);
  });

  it('replace takes type, options and locale from the template, and finds them by value', async () => {
    const template = templateOf({ locale: 'de_DE', fields: [{ name: 'x', type: 'iban', options: { country: 'AT' } }] });
    expect(await one('FR7630006000011234567890189', 'replace', { template })).toMatch(/^AT\d{18}$/);
    expect(await one('FR7630006000011234567890189', 'replace')).toMatch(/^[A-Z]{2}\d{2}/);
    expect(await one('5d4a2ad2-6a8b-4c6e-9f33-0f3f7a4e2a11', 'replace')).toMatch(/^[0-9a-f-]{36}$/);
    const number = await one('17', { strategy: 'replace', type: 'number', options: { min: 3, max: 5 } });
    expect(['3', '4', '5']).toContain(number);
    expect(await one(4539578763621486, 'replace')).toSatisfy(Number.isSafeInteger);
  });

  it('redact puts the token, of a whole object too', async () => {
    expect(await one('a@b.test', 'redact')).toBe('[REDACTED]');
    expect(await one(5, { strategy: 'redact', token: '***' })).toBe('***');
    expect(await one({ email: 'a@b.test' }, 'redact')).toBe('[REDACTED]');
  });

  it('hash is HMAC-SHA-256 with a key made from the one given, in hexadecimal', async () => {
    const own = createHmac('sha256', KEY).update('datamaker/mask/1/hash').digest();
    const expected = createHmac('sha256', own).update('a@b.test').digest('hex');
    expect(await one('a@b.test', 'hash')).toBe(expected);
    expect(await one('a@b.test', { strategy: 'hash', length: 12 })).toBe(expected.slice(0, 12));
    expect(await one(12, 'hash')).toBe(await one('12', 'hash'));
  });

  it('tokenize gives tokens, and the map that leads back, each entry once', async () => {
    const { rows, tokens } = await masked(
      [{ x: 'ann@b.test' }, { x: 'bob@b.test' }, { x: 'ann@b.test' }],
      only('tokenize'),
    );
    expect(rows[0]?.['x']).toMatch(/^tok_[a-z2-7]{26}$/);
    expect(rows[2]).toEqual(rows[0]);
    expect(tokens).toEqual([
      { field: 'x', token: rows[0]?.['x'], value: 'ann@b.test' },
      { field: 'x', token: rows[1]?.['x'], value: 'bob@b.test' },
    ]);
    const back = new Map(tokens.map(({ token, value }) => [token, value]));
    expect(rows.map(({ x }) => back.get(String(x)))).toEqual(['ann@b.test', 'bob@b.test', 'ann@b.test']);
  });

  it('preserve leaves what it names', async () => {
    expect(await one('a@b.test', 'preserve')).toBe('a@b.test');
  });

  it('null stays null under every strategy', async () => {
    for (const strategy of ['replace', 'format-preserve', 'redact', 'shift', 'hash', 'tokenize', 'preserve'])
      expect(await one(null, strategy)).toBeNull();
  });

  it('reaches into objects and lists, leaves the rest, the order of keys and the rows given', async () => {
    const row = {
      id: 1,
      address: { city: 'Rome', street: 'Via Appia 1' },
      items: [
        { email: 'a@b.test', qty: 2 },
        { email: null, qty: 1 },
        { email: 'a@b.test', qty: 3 },
      ],
      phones: ['+39 06 1234567', '+39 06 7654321'],
    };
    const before = structuredClone(row);
    const policy = {
      fields: [
        { field: 'address.street', strategy: 'replace' },
        { field: 'items[*].email', strategy: 'format-preserve' },
        { field: 'phones[*]', strategy: 'preserve-format' },
      ],
    };
    const [out] = (await masked([row], policy)).rows as [typeof row];
    expect(row).toEqual(before);
    expect(Object.keys(out)).toEqual(Object.keys(row));
    expect(out.address.city).toBe('Rome');
    expect(out.address.street).not.toBe('Via Appia 1');
    expect(out.items.map(({ qty }) => qty)).toEqual([2, 1, 3]);
    expect(out.items[0]?.email).toMatch(/^[0-9a-f]{8}@b\.test$/);
    expect(out.items[2]?.email).toBe(out.items[0]?.email);
    expect(out.items[1]?.email).toBeNull();
    expect(out.phones[0]).toMatch(/^\+\d\d \d\d \d{7}$/);
  });

  it('gives each element of a list a fake of its own, over batches too', async () => {
    const rows = Array.from({ length: 40 }, () => ({ items: [{ email: 'a@b.test' }, { email: 'a@b.test' }] }));
    const policy = { strategies: { 'items[*].email': 'replace' } };
    const whole = (await masked(rows, policy, { seed: 's' })).rows;
    const masker = await createMasker(policy, { seed: 's' });
    if (!masker.ok) throw new Error('refused');
    const parts: unknown[] = [];
    for (let i = 0; i < rows.length; i += 7) {
      const batch = await masker.value.mask(rows.slice(i, i + 7));
      if (batch.ok) parts.push(...batch.value.rows);
    }
    expect(parts).toEqual(whole);
    expect(
      new Set(whole.flatMap((row) => (row['items'] as { email: string }[]).map(({ email }) => email))).size,
    ).toBeGreaterThan(70);
  });
});

describe('shift', () => {
  const days = (text: unknown) => Date.parse(`${String(text).slice(0, 10)}T00:00:00Z`) / 86_400_000;

  it('moves dates by 1 to the given days, keeps the time of day, and spreads over the whole range', async () => {
    const rows = Array.from({ length: 2000 }, (_, i) => ({ x: new Date(i * 86_400_000).toISOString().slice(0, 10) }));
    const out = (await masked(rows, only({ strategy: 'shift', days: 10 }))).rows;
    const moved = out.map((row, i) => days(row['x']) - i);
    expect([...new Set(moved)].toSorted((a, b) => a - b)).toEqual([
      -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(await one('2024-02-29T13:45:30.250+02:00', 'shift')).toMatch(/^\d{4}-\d\d-\d\dT13:45:30\.250\+02:00$/);
    expect(await one('29.02.2024', { strategy: 'shift', format: 'DD.MM.YYYY' })).toMatch(/^\d\d\.\d\d\.20(23|24)$/);
  });

  it('keeps the intervals of one entity, and does not move all entities alike', async () => {
    const policy = {
      fields: [
        { field: 'from', strategy: 'shift', per: 'person' },
        { field: 'stays[*].to', strategy: 'shift', per: 'person' },
      ],
    };
    const rows = Array.from({ length: 50 }, (_, i) => ({
      person: i,
      from: '2024-01-10',
      stays: [{ to: '2024-02-01' }, { to: '2024-06-30T10:00:00Z' }],
    }));
    const out = (await masked(rows, policy)).rows as typeof rows;
    for (const { from, stays } of out) {
      expect(days(stays[0]?.to) - days(from)).toBe(22);
      expect(days(stays[1]?.to) - days(from)).toBe(172);
    }
    expect(new Set(out.map(({ from }) => from)).size).toBeGreaterThan(20);
  });

  it.each(['yesterday', '2023-02-29', '2024-13-01', '29.02.2024', '2024-02-29T25:00:00Z', 5, true])(
    'refuses %j with field and row, and not the value',
    async (value) => {
      const [problem] = await refused([{ x: '2024-01-01' }, { x: value }], only('shift'));
      expect(problem).toMatchObject({ code: 'mask_strategy_does_not_fit', pointer: '/rows/1/x' });
      expect(problem?.message).toMatch(/^row 2: "x" /);
      expect(JSON.stringify(problem).replace('"x" is no ISO date or moment', '')).not.toContain(JSON.stringify(value));
    },
  );

  it('refuses a row without the entity', async () => {
    const policy = { strategies: { x: { strategy: 'shift', per: 'who' } } };
    const [problem] = await refused([{ who: null, x: '2024-01-01' }], policy);
    expect(problem).toMatchObject({ code: 'mask_missing_entity', pointer: '/rows/0/x' });
  });
});

describe('fails closed', () => {
  const personal: Record<string, unknown> = {
    email: 'x',
    workEmail: 'x',
    'E-Mail Address': 'x',
    phone_number: 1234567,
    mobile: 'x',
    iban: 'x',
    card_number: 'x',
    ssn: 'x',
    tax_id: 'x',
    passport_no: 'x',
    first_name: 'x',
    Nachname: 'x',
    name: 'x',
    customerName: 'x',
    street: 'x',
    billing_address: 'x',
    zipCode: 'x',
    date_of_birth: 'x',
    dob: null,
    a: 'ann@example.com',
    b: 'write to ann@example.com please',
    c: 'DE75 5121 0800 1245 1261 99',
    d: 'GB82WEST12345698765432',
    e: '4539 5787 6362 1486',
    f: 4539578763621486,
    g: '+49 30 1234567',
    h: '(212) 555-0143',
    i: '536-22-8743',
    j: 'pay DE75512108001245126199 today',
  };

  it.each(Object.entries(personal))('on the unnamed field %s with %j', async (field, value) => {
    const problems = await refused([{ id: 1 }, { id: 2, [field]: value }], { fields: [] });
    expect(problems.map(({ code }) => code)).toEqual(['mask_unnamed_sensitive_field']);
    expect(problems[0]?.message).toContain(JSON.stringify(field));
    if (typeof value === 'string' && value.length > 1) expect(JSON.stringify(problems)).not.toContain(value);
    const named = await maskRows([{ [field]: value }], { strategies: { [field]: 'preserve' } });
    expect(named.ok).toBe(true);
  });

  it('names every such field at once, deep ones too', async () => {
    const rows = [{ email: 'x', a: { b: [{ iban: 'x' }] }, list: ['+49 30 1234567'] }];
    const problems = await refused(rows, { fields: [] });
    expect(problems.map(({ message }) => /"(.*?)"/.exec(message)?.[1])).toEqual(['email', 'a.b[*].iban', 'list[*]']);
  });

  it('does not suspect what is none', async () => {
    const rows = [
      {
        id: 4111111111111112,
        product_name: 'Lamp 3000',
        file_name: 'a.txt',
        email_verified: true,
        email: false,
        phone_type: 'mobile',
        description: 'ratio 3.1415926535897932 and DE 12 pieces',
        mac_address: '00:1b:44:11:3a:b7',
        created: '2024-01-01T10:00:00Z',
        uuid: '5d4a2ad2-6a8b-4c6e-9f33-0f3f7a4e2a11',
        amount: 12.5,
        order_no: 'ORD-2024-000123',
      },
    ];
    const result = await maskRows(rows, { fields: [] });
    expect(result).toMatchObject({ ok: true });
  });

  it('on what the template marks, whether or not a row has it, and on what the caller marks', async () => {
    const template = templateOf([
      { name: 'x', type: 'number', sensitive: true },
      { name: 'in', type: 'template', options: { array: true, count: 2, fields: [{ name: 'y', type: 'email' }] } },
      { name: 'z', type: 'sentence' },
    ]);
    const problems = await refused([], { fields: [] }, { template });
    expect(problems.map(({ message }) => /"(.*?)"/.exec(message)?.[1])).toEqual(['x', 'in[*].y']);
    const covered = { strategies: { x: 'redact', in: 'redact' } };
    expect((await masked([{ x: 1, in: [{ y: 'q' }], z: 'w' }], covered, { template })).rows).toEqual([
      { x: '[REDACTED]', in: '[REDACTED]', z: 'w' },
    ]);
    expect(await refused([{ z: true }], { fields: [] }, { sensitive: ['z'] })).toHaveLength(1);
  });

  it('on keys that are personal themselves, without showing them', async () => {
    const problems = await refused([{ by: { 'ann@example.com': 3 } }], { fields: [] });
    expect(problems[0]).toMatchObject({ code: 'mask_personal_key', pointer: '/rows/0/by' });
    expect(JSON.stringify(problems)).not.toContain('ann@');
  });

  it.each([
    ['unknown_strategy', { strategies: { x: 'scramble' } }],
    ['unknown_strategy', { fields: [{ field: 'x' }] }],
    ['unknown_strategy', { fields: [{ field: 'x', strategy: 'constructor' }] }],
    ['invalid_policy', []],
    ['invalid_policy', {}],
    ['invalid_policy', { fields: 5 }],
    ['invalid_policy', { fields: [], strategies: {} }],
    ['unknown_key', { fields: [], stratgies: {} }],
    ['unknown_key', { fields: [{ field: 'x', strategy: 'hash', lenght: 3 }] }],
    ['invalid_option', { fields: [{ field: 'x', strategy: 'hash', length: 3 }] }],
    ['invalid_option', { fields: [{ field: 'x', strategy: 'redact', length: 12 }] }],
    ['invalid_option', { strategies: { x: { strategy: 'shift', days: 0 } } }],
    ['invalid_option', { strategies: { x: { strategy: 'shift', format: 'MM/YY' } } }],
    ['invalid_option', { strategies: { x: { strategy: 'shift', per: 'items[*].id' } } }],
    ['invalid_field_path', { strategies: { 'a..b': 'hash' } }],
    ['invalid_field_path', { strategies: { '': 'hash' } }],
    [
      'duplicate_field',
      {
        fields: [
          { field: 'x', strategy: 'hash' },
          { field: 'x', strategy: 'preserve' },
        ],
      },
    ],
    ['mask_not_consistent', { fields: [{ field: 'x', strategy: 'replace', consistent: true }] }],
    ['mask_not_consistent', { consistent: true, strategies: { x: 'replace' } }],
    ['mask_not_reversible', { fields: [{ field: 'x', strategy: 'hash', reversible: true }] }],
    ['unknown_type', { strategies: { x: { strategy: 'replace', type: 'emial' } } }],
    ['unknown_type', { strategies: { x: { strategy: 'replace', type: 'derived' } } }],
    ['invalid_option', { strategies: { x: { strategy: 'replace', type: 'number', options: { min: 5, max: 1 } } } }],
    ['mask_unknown_type', { strategies: { x: 'replace' } }],
    ['mask_field_not_found', { strategies: { x: 'hash', y: 'hash' } }],
  ])('on a policy with %s', async (code, policy) => {
    const problems = await refused([{ x: 'secret-value' }], policy);
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(JSON.stringify(problems)).not.toContain('secret-value');
  });

  it('on a key that is missing or short, and only where one is needed', async () => {
    for (const strategy of ['format-preserve', 'shift', 'hash', 'tokenize']) {
      expect(await refused([{ x: 'a' }], only(strategy), {})).toMatchObject([{ code: 'mask_key_missing' }]);
      const short = await refused([{ x: 'a' }], only(strategy), { key: KEY.slice(0, 15) });
      expect(short).toMatchObject([{ code: 'mask_key_too_short' }]);
    }
    expect(await maskRows([{ x: 'a' }], only('redact'))).toMatchObject({ ok: true });
  });

  it.each([
    ['format-preserve', '2024-01-01'],
    ['format-preserve', true],
    ['format-preserve', 1e21],
    ['hash', { a: 1 }],
    ['replace', ['a']],
    ['shift', {}],
  ])('on %s of %j', async (strategy, value) => {
    expect(await refused([{ x: value }], only(strategy))).toMatchObject([{ code: 'mask_strategy_does_not_fit' }]);
  });

  it('on rows that are no objects or nest without end', async () => {
    expect(await refused([1, null, []], { fields: [] })).toHaveLength(3);
    let deep: unknown = 'x';
    for (let i = 0; i < 5000; i++) deep = { deep };
    expect((await refused([deep], { fields: [] }))[0]).toMatchObject({ code: 'mask_too_deep' });
  });

  it.each([new Date(), new Map([['a', 1]]), new Uint8Array(3), () => 1])(
    'on what JSON has no value for: %s',
    async (value) => {
      expect(await refused([{ x: value }], { fields: [] })).toMatchObject([{ code: 'mask_invalid_value' }]);
    },
  );

  it('takes nothing more after a failure', async () => {
    const masker = await createMasker({ fields: [] });
    if (!masker.ok) throw new Error('refused');
    expect((await masker.value.mask([{ email: 'a@b.test' }])).ok).toBe(false);
    await expect(masker.value.mask([{ id: 1 }])).rejects.toThrow('failed');
  });
});

describe('nothing of the input', () => {
  const secret = fc.string({ unit: fc.constantFrom(...'qwxzQWXZ789'), minLength: 12, maxLength: 30 });

  it('survives in what replace, redact, hash and tokenize give, nor in the log', async () => {
    await fc.assert(
      fc.asyncProperty(secret, async (value) => {
        const rows = [{ a: value, b: value, c: value, d: `${value}@corp.test` }];
        const policy = {
          strategies: { a: { strategy: 'replace', type: 'full_name' }, b: 'redact', c: 'hash', d: 'tokenize' },
        };
        const { tokens, ...rest } = await masked(rows, policy);
        expect(JSON.stringify(rest).toLowerCase()).not.toContain(value.slice(0, 6).toLowerCase());
        expect(tokens).toHaveLength(1);
      }),
      { numRuns: 50 },
    );
  });

  it('survives in what is said about it', async () => {
    await fc.assert(
      fc.asyncProperty(secret, async (value) => {
        const problems = await refused([{ x: value, email: value, born: value }], {
          strategies: { x: 'shift', born: 'shift' },
        });
        expect(JSON.stringify(problems)).not.toContain(value.slice(0, 6));
        expect(problems).toHaveLength(3);
      }),
      { numRuns: 50 },
    );
  });
});
