import { describe, expect, it } from 'vitest';
import { columnOf } from './column.ts';
import { readValidator } from './json-schema.ts';
import { fieldOf, seeValue } from './see-value.ts';
import { newShape, type Shape } from './shape.ts';

const VALIDATOR = {
  $jsonSchema: {
    bsonType: 'object',
    required: ['name', 'age', 'nick'],
    additionalProperties: false,
    properties: {
      _id: { bsonType: 'objectId' },
      name: { bsonType: 'string', maxLength: 40, minLength: 2, description: 'as in the passport' },
      age: { bsonType: 'int', minimum: 0, maximum: 150 },
      nick: { bsonType: ['string', 'null'] },
      level: { enum: ['gold', 'silver'] },
      price: { bsonType: 'decimal', minimum: 0, exclusiveMinimum: true },
      born: { bsonType: 'date' },
      code: { type: 'string', pattern: '^[A-Z]+$' },
      lines: { bsonType: 'array', items: { bsonType: 'object', properties: { due: { bsonType: 'date' } } } },
      tags: { bsonType: 'array', items: { bsonType: 'string' } },
    },
  },
};

describe('the validator of a collection', () => {
  const read = (validator: unknown, shape: Shape = newShape()) => ({
    rules: readValidator(validator, shape, 'people'),
    shape,
  });

  it('says what columns are', () => {
    const { rules, shape } = read(VALIDATOR);
    const column = (name: string) => columnOf(name, fieldOf(shape, name), rules.fields.get(name));
    expect(column('name')).toMatchObject({
      kind: 'text',
      maxLength: 40,
      nullable: false,
      comment: 'as in the passport',
    });
    expect(column('age')).toMatchObject({ kind: 'integer', precision: 32, nullable: false });
    expect(column('nick')).toMatchObject({ kind: 'text', nullable: true });
    expect(column('level')).toMatchObject({ values: ['gold', 'silver'], nullable: true });
    expect(column('price')).toMatchObject({ kind: 'decimal', precision: 34 });
    expect(column('born')).toMatchObject({ kind: 'datetime_zoned' });
    expect(column('lines')).toMatchObject({ kind: 'json', dimensions: 0 });
    expect(column('tags')).toMatchObject({ kind: 'text', dimensions: 1 });
    expect(column('_id')).toMatchObject({ generated: 'by_default', nullable: false });
    expect(rules.isClosed).toBe(true);
    expect(shape.fields.get('lines')?.items?.fields.get('due')?.types).toEqual(new Set(['date']));
  });

  it('has bounds that are checks, and names the rest', () => {
    const { rules } = read(VALIDATOR);
    expect(rules.checks.map(({ expression }) => expression)).toEqual([
      'char_length("name") >= 2',
      '"age" >= 0 AND "age" <= 150',
      '"price" > 0',
    ]);
    expect(rules.notices).toEqual([{ subject: 'people.code', message: expect.stringContaining('pattern') }]);
    expect(read({ $expr: { $gt: ['$a', '$b'] } }).rules.notices).toEqual([
      { subject: 'people', message: expect.stringContaining('not of $jsonSchema') },
    ]);
  });

  it('counts for more than what documents are like', () => {
    const shape = newShape();
    seeValue(shape, { age: 'old', other: 1 });
    read(VALIDATOR, shape);
    expect(shape.fields.get('age')?.types).toEqual(new Set(['int']));
    expect(shape.fields.get('other')?.types).toEqual(new Set(['int']));
  });

  it.each([undefined, null, 5, {}, { $jsonSchema: 5 }, { $jsonSchema: {} }])('may say nothing: %j', (validator) => {
    expect(read(validator).rules.fields.size).toBe(0);
  });
});
