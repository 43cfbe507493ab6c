import { documents, type HostileDocument, times } from './hostile-document.ts';
import type { Lures } from './hostile-xml.ts';

/** Schemas in JSON: JSON Schema, OpenAPI, Avro and others. */
export function hostileSchemas({ url, file }: Lures): HostileDocument[] {
  const model = (properties: unknown, more: object = {}) =>
    JSON.stringify({ title: 'T', type: 'object', properties, ...more });
  const refs = (target: string) => model({ a: { $ref: target }, b: { type: 'string' } });
  const jsonSchema = documents('json-schema', {
    'refers to itself': refs('#'),
    'a property that refers to itself': refs('#/properties/a'),
    'two that refer to each other': model(
      { a: { $ref: '#/$defs/a' } },
      { $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
    ),
    'a circle of 20,000': () =>
      model(
        { a: { $ref: '#/$defs/d0' } },
        {
          $defs: Object.fromEntries(
            Array.from({ length: 20_000 }, (_, i) => [`d${i}`, { $ref: `#/$defs/d${(i + 1) % 20_000}` }]),
          ),
        },
      ),
    'a chain of 20,000': () =>
      model(
        { a: { $ref: '#/$defs/d0' } },
        {
          $defs: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`d${i}`, { $ref: `#/$defs/d${i + 1}` }])),
        },
      ),
    'a tree that doubles at each step': () =>
      model(
        { a: { $ref: '#/$defs/d0' } },
        {
          $defs: Object.fromEntries(
            Array.from({ length: 60 }, (_, i) => [
              `d${i}`,
              { type: 'object', properties: { l: { $ref: `#/$defs/d${i + 1}` }, r: { $ref: `#/$defs/d${i + 1}` } } },
            ]),
          ),
        },
      ),
    'allOf that doubles at each step': () =>
      model(
        { a: { $ref: '#/$defs/d0' } },
        {
          $defs: Object.fromEntries(
            Array.from({ length: 60 }, (_, i) => [
              `d${i}`,
              { allOf: [{ $ref: `#/$defs/d${i + 1}` }, { $ref: `#/$defs/d${i + 1}` }] },
            ]),
          ),
        },
      ),
    'refers to a server': refs(`${url}/schema.json`),
    'refers to a server without a scheme': refs(url.replace('http:', '')),
    'refers to a file': refs(`file://${file}`),
    'refers to a path': refs(`../../../../../..${file}`),
    'has an id on a server': model({ a: { $ref: 'x.json' } }, { $id: `${url}/base/`, $schema: `${url}/meta` }),
    'a dynamic reference to itself': model({ a: { $dynamicRef: '#n' } }, { $dynamicAnchor: 'n' }),
    'a pointer into a list': model({ a: { $ref: '#/required/0' } }, { required: ['a'] }),
    'a pointer into the prototype': refs('#/__proto__/polluted'),
    'properties of the prototype':
      '{"title":"T","type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"object","properties":{"prototype":{"type":"string"}}}}}',
    'a pattern that takes for ever': model({
      a: { type: 'string', pattern: '^(a+)+$' },
      b: { type: 'string', pattern: '(a|a)*b' },
    }),
    'a pattern of a megabyte': () => model({ a: { type: 'string', pattern: '(a|b)'.repeat(200_000) } }),
    'a pattern of nested repeats': () =>
      model({ a: { type: 'string', pattern: `${'('.repeat(500)}a${'){1,1000}'.repeat(500)}` } }),
    'texts of 1e9 characters': model({ a: { type: 'string', minLength: 1e9, maxLength: 1e300 } }),
    'lists of 1e9 items': model({
      a: { type: 'array', minItems: 1e9, items: { type: 'array', minItems: 1e9, items: { type: 'string' } } },
    }),
    'bounds that are none': model({
      a: { type: 'number', minimum: 'x', maximum: {}, multipleOf: 0 },
      b: { type: 'integer', minimum: 9, maximum: -9 },
    }),
    'a multiple of almost nothing': model({ a: { type: 'number', multipleOf: 5e-324 } }),
    'an enum of 300,000': () => model({ a: { enum: Array.from({ length: 300_000 }, (_, i) => `v${i}`) } }),
    'alternatives of 50,000': () => model({ a: { oneOf: Array.from({ length: 50_000 }, (_, i) => ({ const: i })) } }),
    'objects 5,000 deep': () =>
      `{"title":"T","type":"object","properties":${'{"a":{"type":"object","properties":'.repeat(5000)}{}${'}}'.repeat(5000)}}`,
    'types that are none': model({ a: { type: 5 }, b: { type: ['string', 'x'] }, c: 5, d: null, e: [] }),
    'a name that leads out': model({ '../../x': { type: 'string' } }, { title: '../../../../tmp/evil' }),
  });
  const openapi = documents('openapi', {
    'refers to a server': JSON.stringify({
      openapi: '3.1.0',
      info: {},
      paths: {},
      components: {
        schemas: { A: { $ref: `${url}/a.json` }, B: { type: 'object', properties: { a: { $ref: `${url}/b` } } } },
      },
    }),
    'refers to a file': JSON.stringify({
      openapi: '3.1.0',
      info: {},
      paths: {},
      components: { schemas: { A: { type: 'object', properties: { a: { $ref: `file://${file}#/x` } } } } },
    }),
    'a circle': JSON.stringify({
      openapi: '3.0.0',
      info: {},
      paths: {},
      components: { schemas: { A: { $ref: '#/components/schemas/B' }, B: { $ref: '#/components/schemas/A' } } },
    }),
    'components of the prototype':
      '{"openapi":"3.1.0","info":{},"paths":{},"components":{"schemas":{"__proto__":{"type":"object","properties":{"polluted":{"type":"string"}}}}}}',
    'names that lead out': JSON.stringify({
      openapi: '3.1.0',
      info: {},
      paths: {},
      components: {
        schemas: {
          '../../evil': { type: 'object', properties: { a: { type: 'string' } } },
          '/etc/evil': { type: 'object', properties: { a: { type: 'string' } } },
        },
      },
    }),
  });
  const avro = documents('avro', {
    'a record of itself':
      '{"type":"record","name":"A","fields":[{"name":"a","type":"A"},{"name":"b","type":["null","A"]}]}',
    'records 5,000 deep': () =>
      `${times(5000, (i) => `{"type":"record","name":"R${i}","fields":[{"name":"a","type":`)}"string"${'}]}'.repeat(5000)}`,
    'a union of 50,000': () =>
      JSON.stringify({
        type: 'record',
        name: 'A',
        fields: [{ name: 'a', type: Array.from({ length: 50_000 }, () => 'string') }],
      }),
    'a fixed of 1e15 bytes':
      '{"type":"record","name":"A","fields":[{"name":"a","type":{"type":"fixed","name":"F","size":1e15}}]}',
    'a decimal of 1e9 digits':
      '{"type":"record","name":"A","fields":[{"name":"a","type":{"type":"bytes","logicalType":"decimal","precision":1000000000,"scale":999999999}}]}',
    'names of the prototype':
      '{"type":"record","name":"__proto__","fields":[{"name":"__proto__","type":"constructor"}]}',
  });
  return [...jsonSchema, ...openapi, ...avro];
}
