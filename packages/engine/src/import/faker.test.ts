import { faker } from '@faker-js/faker';
import { describe, expect, it } from 'vitest';
import TYPES from './data/faker-types.json' with { type: 'json' };
import { importSchema } from './import-schema.ts';

async function read(source: unknown, kind?: 'faker') {
  const result = await importSchema(JSON.stringify(source), kind === undefined ? {} : { kind });
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.value;
}

it('knows methods that @faker-js/faker has, and no others', () => {
  const modules = faker as unknown as Record<string, Record<string, unknown>>;
  const missing = Object.keys(TYPES.faker).filter((name) => {
    const [module = '', method = ''] = name.split('.');
    return typeof modules[module]?.[method] !== 'function';
  });
  expect(missing).toEqual([]);
});

it.each(['faker', 'fake'] as const)(
  'makes a field of the listed type for each method of %s, and tells nothing',
  async (library) => {
    const names = Object.keys(TYPES[library]);
    const source = Object.fromEntries(names.map((name, index) => [`column_${index}`, `${library}.${name}`]));
    const { kind, templates, notices } = await read(source);
    expect(kind).toBe('faker');
    expect(notices).toEqual([]);
    expect(templates[0]?.fields.map(({ type }) => type)).toEqual(Object.values(TYPES[library]));
  },
);

it('takes calls with and without arguments, and tells of arguments', async () => {
  const { templates, notices } = await read({
    first: ' faker.person.firstName() ',
    age: 'faker.number.int({ min: 18,\n max: 99 });',
    born: 'fake.date_of_birth(minimum_age=18)',
  });
  expect(templates[0]?.fields.map(({ type }) => type)).toEqual(['first_name', 'number', 'birthdate']);
  expect(notices).toMatchObject([
    { code: 'arguments_left_out', pointer: '/age' },
    { code: 'arguments_left_out', pointer: '/born' },
  ]);
});

it.each([
  'faker.person.firstName',
  ' faker.person.firstName() ',
  'fake.first_name;',
  'fake.date_of_birth(minimum_age=18)',
])('is recognised by its first call, %j', async (call) => expect((await read({ first: call })).kind).toBe('faker'));

it.each(['fake.john@example.com', 'faker.john@example.com', 'faker.io', 'fake.news is old', 'faker.a.b.c'])(
  'is not taken for what rows of JSON begin with, %j',
  async (value) => {
    const row = { email: value, age: 3 };
    for (const source of [JSON.stringify(row), JSON.stringify([row]), `${JSON.stringify(row)}\n`.repeat(2)]) {
      const result = await importSchema(source);
      expect(result.ok && result.value.kind).toBe('json');
      expect(result.ok && result.value.templates[0]?.fields.map(({ name }) => name)).toEqual(['email', 'age']);
    }
  },
);

describe('what has no counterpart', () => {
  it.each([
    'faker.helpers.arrayElement',
    'faker.constructor.constructor',
    'faker.person',
    'fake.__class__',
    'fake.constructor',
    'chance.name',
    '',
    7,
    null,
    { a: 'faker.person.firstName' },
  ])('is told, and filled by its name: %j', async (call) => {
    const { templates, notices } = await read({ 'city/~': call }, 'faker');
    expect(templates[0]?.fields).toMatchObject([{ type: 'city' }]);
    expect(notices).toMatchObject([{ code: 'unknown_type', pointer: '/city~1~0' }]);
  });
});

it.each([[[]], [7], [null]])('refuses %j, which is no object', async (source) => {
  const result = await importSchema(JSON.stringify(source), { kind: 'faker' });
  expect(result).toMatchObject({ ok: false, diagnostics: [{ code: 'invalid_source' }] });
});
