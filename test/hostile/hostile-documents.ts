import type { ImportKind } from '@datamaker/engine/import';
import {
  compressed,
  makeArchive,
  makeWorkbook,
  type Repeated,
  sheetOf,
} from '../../packages/engine/src/import/xlsx/testing/make-workbook.ts';
import { hostileXml, type Lures } from './hostile-xml.ts';

/** A document that somebody might send to do harm. */
export interface HostileDocument {
  readonly name: string;
  /** What it pretends to be. */
  readonly kind: ImportKind;
  /** Made when it is needed: some are large. */
  bytes(): Uint8Array;
}

const MIB = 1024 * 1024;
const utf8 = (text: string): Uint8Array => Buffer.from(text);
const times = (count: number, make: (index: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);

/** At least 200 of them, the same each time. */
export function hostileDocuments(lures: Lures): readonly HostileDocument[] {
  return [...csv(), ...json(), ...schemas(lures), ...yaml(lures), ...sql(lures), ...edmx(lures), ...workbooks(lures)];
}

type Content = string | Uint8Array | (() => string | Uint8Array);
function documents(kind: ImportKind, contents: Readonly<Record<string, Content>>): HostileDocument[] {
  return Object.entries(contents).map(([name, content]) => ({
    name: `${kind}: ${name}`,
    kind,
    bytes: () => {
      const made = typeof content === 'function' ? content() : content;
      return typeof made === 'string' ? utf8(made) : made;
    },
  }));
}

function csv(): HostileDocument[] {
  const table = 'id,name\n1,Ann\n2,Bob\n';
  const wide = (last: string) => () => `${times(1e6, (i) => `c${i}`, ',')}${last}\n`;
  const perDelimiter = [',', ';', '\t'].flatMap((d) =>
    documents('csv', {
      [`a quote that is never closed, at the start (${d})`]: () => `id${d}name\n1${d}"${`x${d}y\n`.repeat(200_000)}`,
      [`a quote that is never closed, in the middle (${d})`]: `id${d}name\n1${d}a"b${d}\n2${d}"c\n`,
      [`quotes after quotes (${d})`]: () => `id${d}name\n${`"${d}"`.repeat(300_000)}`,
      [`only delimiters (${d})`]: () => d.repeat(MIB),
      [`a million empty rows (${d})`]: () => `id${d}name\n${`${d}\n`.repeat(1e6)}`,
      [`rows of ever more cells (${d})`]: () => times(1200, (i) => d.repeat(i), '\n'),
    }),
  );
  return [
    ...perDelimiter,
    ...documents('csv', {
      'a million columns': wide(''),
      'a million columns and the last as the first': wide(',c0'),
      'a million columns with rows': () => `${times(1e6, (i) => `${i}`, ',')}\n${','.repeat(1e6 - 1)}\n`,
      'a line of 8 MiB': () => 'x'.repeat(8 * MIB),
      'a cell of 8 MiB': () => `id,name\n1,"${'x\n'.repeat(4 * MIB)}"\n`,
      'a header of one quote': '"',
      'only quotes': () => '"'.repeat(2 * MIB + 1),
      'only line feeds': () => '\n'.repeat(4 * MIB),
      'only carriage returns': () => '\r'.repeat(4 * MIB),
      'only NUL': new Uint8Array(MIB),
      'NUL in a cell': 'id,name\n1,a\0b\n',
      'only white space': ' '.repeat(100_000),
      'controls in cells': `id,name\n${times(32, (i) => `${i},${String.fromCharCode(i)}`, '\n')}\n`,
      'names of the prototype': '__proto__,constructor,prototype,toString,hasOwnProperty\n1,2,3,4,5\n6,7,8,9,0\n',
      'one name in all columns': () => `${times(20_000, () => '__proto__', ',')}\n${times(20_000, () => '1', ',')}\n`,
      formulas: "id,name\n=1+1,=cmd|' /C calc'!A0\n@SUM(1),+1\n",
      'letters that turn around': 'id,\u202ename\n1,\u202egpj.exe\n',
      'a byte order mark twice': `\ufeff\ufeff${table}`,
      'UTF-16, little end first': Buffer.from(`\ufeff${table}`, 'utf16le'),
      'UTF-16, big end first': Buffer.from(`\ufeff${table}`, 'utf16le').swap16(),
      'UTF-16 without a mark': Buffer.from(table, 'utf16le'),
      'UTF-16 of an odd length': Buffer.concat([Buffer.from(`\ufeff${table}`, 'utf16le'), Buffer.of(1)]),
      'UTF-16 of lone surrogates': Buffer.from(`\ufeffid,name\n1,\ud800\n2,\udc00\n`, 'utf16le'),
      'UTF-32': Buffer.concat([
        Buffer.of(0xff, 0xfe, 0, 0),
        ...[...table].map((c) => Buffer.of(c.charCodeAt(0), 0, 0, 0)),
      ]),
      'UTF-7': '+ADw-script+AD4-,name\n1,+AGE-\n',
      'overlong UTF-8': Buffer.concat([utf8(table), Buffer.of(0xc0, 0xaf, 0xe0, 0x80, 0xaf)]),
      'surrogates in UTF-8': Buffer.concat([utf8(table), Buffer.of(0xed, 0xa0, 0x80)]),
      'UTF-8 cut off': Buffer.concat([utf8(table), Buffer.of(0xf0, 0x9f, 0x98)]),
      'bytes that are no text': () => Uint8Array.from({ length: MIB }, (_, i) => (i * 7919) & 255),
      'Latin-1': Buffer.from('id,name\n1,M\u00fcller\n', 'latin1'),
      'half a million rows of no width': () => `a\n${'1\n'.repeat(5e5)}`,
      'numbers of a million digits': () => `id,n\n1,${'9'.repeat(1e6)}\n2,-${'9'.repeat(1e6)}\n`,
      'dates of years that are none': 'id,d\n1,999999999-99-99\n2,-000001-00-00T99:99:99Z\n',
      'values for slow patterns': () =>
        `mail,url\n${'a'.repeat(1e5)}!,${'/'.repeat(1e5)}\n${'a@'.repeat(5e4)},http://${'a.'.repeat(5e4)}\n`,
    }),
  ];
}

function json(): HostileDocument[] {
  const nested = (open: string, close: string, levels: number) => () => open.repeat(levels) + close.repeat(levels);
  return documents('json', {
    'lists 1,000 deep': nested('[', ']', 1000),
    'lists 100,000 deep': nested('[', ']', 100_000),
    'lists 4 million deep': nested('[', ']', 4e6),
    'lists that are not closed': () => '['.repeat(4e6),
    'objects 100,000 deep': () => `${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`,
    'a row that is 100,000 deep': () => `[{"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}]`,
    'a row that is 100,000 deep with a number that loses digits': () =>
      `[{"a":${'['.repeat(1e5)}9007199254740993${']'.repeat(1e5)}}]`,
    'a row that is 5,000 deep': () => `[{"a":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}]`,
    'the key __proto__': '[{"__proto__":{"polluted":"yes"},"a":1},{"__proto__":null,"a":2}]',
    'the key __proto__, nested':
      '[{"a":{"__proto__":{"polluted":"yes"}}},{"a":{"constructor":{"prototype":{"polluted":"yes"}}}}]',
    'the key constructor': '[{"constructor":{"prototype":{"polluted":"yes"}},"toString":1,"valueOf":2}]',
    'a list with a key __proto__': '{"__proto__":[{"polluted":"yes"}],"length":1e9}',
    'a key twice': '[{"a":1,"a":2},{"a":3,"\\u0061":4}]',
    'numbers too large': '[{"a":1e400,"b":-1e400,"c":1e-400}]',
    'a number of a million digits': () => `[{"a":${'9'.repeat(1e6)}}]`,
    'an exponent of a million digits': () => `[{"a":1e${'9'.repeat(1e6)}}]`,
    'a key of 4 MiB': () => `[{"${'k'.repeat(4 * MIB)}":1}]`,
    'a value of 8 MiB': () => `[{"a":"${'v'.repeat(8 * MIB)}"}]`,
    'a million keys': () => `[{${times(3e5, (i) => `"k${i}":${i}`, ',')}}]`,
    'keys that are new in each row': () => `[${times(50_000, (i) => `{"k${i}":1}`, ',')}]`,
    'a million empty rows': () => `[${times(1e6, () => '{}', ',')}]`,
    'a million nulls': () => `[${times(1e6, () => 'null', ',')}]`,
    'a million lines of nothing': () => '{}\n'.repeat(1e6),
    'a million blank lines': () => `{"a":1}${'\n'.repeat(1e6)}`,
    'NaN and Infinity': '[{"a":NaN,"b":Infinity,"c":-Infinity}]',
    'lone surrogates': '[{"\\ud800":"\\udfff"},{"\\ud800":"x"}]',
    'NUL in keys and values': '[{"a\\u0000b":"\\u0000"}]',
    'a rest behind the end': '[{"a":1}]]]]]]]',
    comments: '/* x */[{"a":1,}]// y',
    'half of a text': '[{"a":"b',
    'half of an escape': '[{"a":"\\u12',
    'a mark before it': '\ufeff[{"a":1}]',
    'UTF-16': Buffer.from('\ufeff[{"a":1}]', 'utf16le'),
    'bad UTF-8 in a text': Buffer.concat([utf8('[{"a":"'), Buffer.of(0xff, 0xfe), utf8('"}]')]),
    'texts that are no rows': '["a",1,null,[],[[]]]',
    'a text alone': '"x"',
    nothing: '',
  });
}

function schemas({ url, file }: Lures): HostileDocument[] {
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

function yaml({ url, file }: Lures): HostileDocument[] {
  const head = 'models:\n  - name: m\n    columns:\n      - name: a\n';
  const laughs = (levels: number) =>
    `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${times(levels, (i) => `a${i + 1}: &a${i + 1} [${times(9, () => `*a${i}`, ',')}]`, '\n')}\n`;
  return documents('dbt', {
    laughs: `${laughs(9)}${head}`,
    'laughs of maps': `a: &a {x: y}\n${times(30, (i) => `b${i}: &b${i} {<<: *${i === 0 ? 'a' : `b${i - 1}`}, k${i}: *${i === 0 ? 'a' : `b${i - 1}`}}`, '\n')}\n${head}`,
    'an alias of itself': '&a models: [*a]\n',
    'a list of itself': 'models: &a\n  - *a\n',
    'lists 100,000 deep': () => `models: ${'['.repeat(1e5)}`,
    'maps 5,000 deep': () => times(1000, (i) => `${' '.repeat(i)}a:\n`),
    '100,000 anchors': () => `${times(1e5, (i) => `a${i}: &x${i} 1`, '\n')}\n`,
    'a tag that runs': `models: !!js/function "function(){ return 1 }"\n${'x: !!python/object/apply:os.system ["id"]\n'}`,
    'a tag from elsewhere': `%TAG ! ${url}/\n---\nmodels: !x\n  - name: m\n`,
    'an include': `models: !include ${file}\n`,
    'a key of the prototype':
      'models:\n  - name: m\n    __proto__: {polluted: yes}\n    columns:\n      - {name: __proto__, data_type: int}\n',
    'a complex key': '? [a, b]\n: models\n? {a: b}\n: c\n',
    'a thousand documents': () => '---\nmodels: []\n'.repeat(1000),
    'keys twice': 'models: []\nmodels: [x]\n',
    'a number of many digits': () => `${head}        data_type: ${'9'.repeat(1e5)}\n`,
    'a block of 2 MiB': () => `${head}        description: |\n${'          x\n'.repeat(150_000)}`,
    tabs: '\tmodels:\n\t- name: m\n',
    NUL: `${head}        data_type: "\\0"\n`,
  });
}

function sql({ file }: Lures): HostileDocument[] {
  return [
    ...documents('sql-ddl', {
      'brackets 100,000 deep': () => `CREATE TABLE t (a int CHECK ${'('.repeat(1e5)}1${')'.repeat(1e5)});`,
      'a text that does not end': () => `CREATE TABLE t (a text DEFAULT '${'x'.repeat(MIB)}`,
      'a comment that does not end': () => `CREATE TABLE t (a int); /*${'/*'.repeat(5e5)}`,
      'a dollar quote that does not end': () => `CREATE FUNCTION f() AS $a$ ${'$b$ '.repeat(2e5)}`,
      '100,000 tables': () => times(1e5, (i) => `CREATE TABLE t${i} (a int);`, '\n'),
      'a table of 100,000 columns': () => `CREATE TABLE t (${times(1e5, (i) => `c${i} int`, ',')});`,
      'a name of a megabyte': () => `CREATE TABLE "${'n'.repeat(MIB)}" (a int);`,
      'names that lead out':
        'CREATE TABLE "../../evil" (a int); CREATE TABLE "/etc/evil" (a int); CREATE TABLE "con" (a int);',
      'names of the prototype':
        'CREATE TABLE __proto__ (__proto__ int, constructor text); CREATE TABLE a (b int REFERENCES __proto__(polluted));',
      'tables that refer in a circle':
        'CREATE TABLE a (b int REFERENCES b(a)); CREATE TABLE b (a int REFERENCES a(b));',
      'statements that read files': `COPY t FROM '${file}'; \\i ${file}\nCREATE TABLE t (a text DEFAULT pg_read_file('${file}'));`,
      'a pattern that takes for ever': `CREATE TABLE t (a text CHECK (a ~ '^(a+)+$'), b text CHECK (b LIKE '${'%a'.repeat(5000)}'));`,
      'lengths beyond all':
        'CREATE TABLE t (a varchar(99999999999999999999), b decimal(1000000000, 999999999), c char(-1));',
      'only semicolons': () => ';'.repeat(2 * MIB),
      'only letters': () => 'CREATE TABLE '.repeat(1e5),
      'a list of 100,000 values': () => `CREATE TABLE t (a text CHECK (a IN (${times(1e5, (i) => `'v${i}'`, ',')})));`,
    }),
    ...documents('prisma', {
      'a block that does not end': () => `model A {\n${'  a Int\n'.repeat(1e5)}`,
      'brackets 100,000 deep': () => `model A {\n  a Int @default(${'['.repeat(1e5)}\n}`,
      'models that hold each other': 'model A {\n  b B[]\n  id Int @id\n}\nmodel B {\n  a A[]\n  id Int @id\n}',
      'names of the prototype': 'model __proto__ {\n  __proto__ Int @id\n  constructor String\n}',
      'a text that does not end': () => `model A {\n  a String @default("${'\\"'.repeat(MIB)}\n}`,
      'an address': `datasource db {\n  provider = "postgresql"\n  url = env("HOME")\n}\ngenerator x {\n  provider = "${file}"\n}\nmodel A {\n  id Int @id\n}`,
    }),
  ];
}

const edmx = (lures: Lures): HostileDocument[] =>
  Object.entries(
    hostileXml(
      lures,
      '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
      '</edmx:Edmx>',
    ),
  ).map(([name, make]) => ({ name: `edmx: ${name}`, kind: 'edmx', bytes: () => utf8(make()) }));

function workbooks(lures: Lures): HostileDocument[] {
  const { url, file } = lures;
  const GOOD = '<row><c t="inlineStr"><is><t>id</t></is></c></row><row><c><v>1</v></c></row>';
  const good = (others: Readonly<Record<string, string | Repeated>> = {}) => makeWorkbook({ sheets: [GOOD], others });
  const repeated = (piece: string, count: number): Repeated => ({
    before: '<worksheet><sheetData><row><c t="inlineStr"><is><t>id</t></is></c></row>',
    piece: utf8(piece.repeat(1000)),
    times: count / 1000,
    after: '</sheetData></worksheet>',
  });
  const bomb = (size = 4e9): Repeated => ({
    piece: new Uint8Array(MIB).fill(32),
    times: 4000,
    size,
    before: '<worksheet>',
  });
  const relation = (target: string, more = '', type = 'worksheet') =>
    `<Relationships><Relationship Id="rId1" Type="http://a/${type}" Target="${target}" ${more}/></Relationships>`;
  const PARTS = [
    'xl/workbook.xml',
    'xl/_rels/workbook.xml.rels',
    'xl/worksheets/sheet1.xml',
    'xl/styles.xml',
    '[Content_Types].xml',
  ];
  const xml = Object.entries(hostileXml(lures, '<worksheet>', '</worksheet>'));
  const names = [
    '../../evil',
    '/etc/evil',
    'C:\\evil',
    '..\\..\\evil',
    'xl/../../../evil',
    'xl/%2e%2e/%2e%2e/evil',
    'a\0b',
    'a'.repeat(60_000),
    'xl//worksheets/sheet1.xml',
    './xl/workbook.xml',
    'nul',
    '~/evil',
  ];
  return [
    ...documents('xlsx', {
      'ten million rows': () => makeWorkbook({ sheets: [repeated('<row><c><v>1</v></c></row>', 1e7)] }),
      'ten million rows of nothing': () => makeWorkbook({ sheets: [repeated('<row/>', 1e7)] }),
      'a row of number 1e9': makeWorkbook({
        sheets: [`${GOOD}<row r="1000000000"><c r="A1000000000"><v>1</v></c></row>`],
      }),
      'a size of all cells': makeWorkbook({
        sheets: [
          `<?xml version="1.0"?><worksheet><dimension ref="A1:XFD1048576"/><sheetData>${GOOD}</sheetData></worksheet>`,
        ],
      }),
      'a million columns': () =>
        makeWorkbook({ sheets: [compressed(sheetOf(`<row>${'<c><v>1</v></c>'.repeat(1e6)}</row>`))] }),
      'a bomb in its sheet': () => makeWorkbook({ sheets: [bomb()] }),
      'a bomb that says it is small': () => makeWorkbook({ sheets: [bomb(1000)] }),
      'a bomb in its texts': () => makeWorkbook({ sheets: ['<row><c t="s"><v>0</v></c></row>'], strings: bomb() }),
      'a bomb in its styles': () => good({ 'xl/styles.xml': bomb() }),
      'a bomb in its list of sheets': () => good({ 'xl/workbook.xml': bomb() }),
      'a bomb beside': () => good({ 'xl/media/image1.png': bomb() }),
      '20,000 entries': () => makeArchive(Array.from({ length: 20_000 }, (_, i) => [`e${i}`, ''] as const)),
      'an archive in an archive': () => good({ 'xl/embeddings/a.xlsx': Buffer.from(good()).toString('latin1') }),
      'links to a server': () =>
        good({
          'xl/externalLinks/externalLink1.xml': `<externalLink><externalBook r:id="rId1"/></externalLink>`,
          'xl/externalLinks/_rels/externalLink1.xml.rels': relation(
            `${url}/x.xlsx`,
            'TargetMode="External"',
            'externalLinkPath',
          ),
        }),
      'a sheet on a server': () =>
        good({ 'xl/_rels/workbook.xml.rels': relation(`${url}/sheet.xml`, 'TargetMode="External"') }),
      'a sheet in a file': () =>
        good({ 'xl/_rels/workbook.xml.rels': relation(`file://${file}`, 'TargetMode="External"') }),
      'a sheet outside': () => good({ 'xl/_rels/workbook.xml.rels': relation(`../../../../..${file}`) }),
      'a query of a server': () =>
        good({
          'xl/connections.xml': `<connections><connection id="1" type="4"><webPr url="${url}/q"/></connection></connections>`,
        }),
      'formulas that ask a server': () =>
        makeWorkbook({
          sheets: [`${GOOD}<row><c t="str"><f>WEBSERVICE("${url}/f")</f><v>=cmd|' /C calc'!A0</v></c></row>`],
        }),
      macros: () => good({ 'xl/vbaProject.bin': 'macro' }),
      'names of the prototype': () =>
        makeWorkbook({
          sheets: [
            '<row><c t="str"><v>__proto__</v></c><c t="str"><v>constructor</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>',
          ],
          names: ['__proto__'],
        }),
      'a sheet whose name leads out': () => makeWorkbook({ sheets: [GOOD], names: ['../../evil'] }),
    }),
    ...names.map((name) => ({
      name: `xlsx: an entry called ${name.slice(0, 30)}`,
      kind: 'xlsx' as const,
      bytes: () => good({ [name]: 'x' }),
    })),
    ...['xl/workbook.xml', 'xl/worksheets/sheet1.xml'].map((part) => ({
      name: `xlsx: ${part} is a link to a file`,
      kind: 'xlsx' as const,
      bytes: () => linked(good({ [part]: file }), part),
    })),
    ...Array.from({ length: 12 }, (_, i) => ({
      name: `xlsx: cut off after ${i + 1} thirteenths`,
      kind: 'xlsx' as const,
      bytes: () => good().subarray(0, Math.floor((good().length * (i + 1)) / 13)),
    })),
    ...Array.from({ length: 24 }, (_, i) => ({
      name: `xlsx: a byte changed, ${i}`,
      kind: 'xlsx' as const,
      bytes: () => flipped(good(), i),
    })),
    ...PARTS.flatMap((part) =>
      xml.map(([name, make]) => ({
        name: `xlsx: ${name} in ${part}`,
        kind: 'xlsx' as const,
        bytes: () => good({ [part]: compressed(make()) }),
      })),
    ),
  ];
}

/** An entry of the directory says that it is a symbolic link (PKWARE APPNOTE 4.4.15, Unix mode in the upper half). */
function linked(bytes: Uint8Array, part: string): Uint8Array {
  const copy = Buffer.from(bytes);
  const record = copy.lastIndexOf(part) - 46;
  copy.writeUInt8(3, record + 5);
  copy.writeUInt32LE((0o120777 << 16) >>> 0, record + 38);
  return copy;
}

function flipped(bytes: Uint8Array, index: number): Uint8Array {
  const copy = bytes.slice();
  const at = (index * 7919) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (index % 8));
  return copy;
}
