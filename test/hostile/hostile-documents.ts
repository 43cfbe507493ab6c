import { documents, type HostileDocument, MIB, times, utf8 } from './hostile-document.ts';
import { hostileSchemas } from './hostile-schemas.ts';
import { hostileWorkbooks } from './hostile-workbooks.ts';
import { hostileXml, type Lures } from './hostile-xml.ts';

/** At least 200 of them, the same each time. */
export function hostileDocuments(lures: Lures): readonly HostileDocument[] {
  return [
    ...csv(),
    ...json(),
    ...hostileSchemas(lures),
    ...yaml(lures),
    ...sql(lures),
    ...edmx(lures),
    ...hostileWorkbooks(lures),
  ];
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
    ...documents('mockaroo', {
      'names of 100,000 points': () =>
        `{"num_rows":1,"columns":[{"name":"${'a.'.repeat(1e5)}b","type":"City"},{"name":"${'.'.repeat(1e5)}","type":"City"}]}`,
      'names of the prototype':
        '{"num_rows":1,"columns":[{"name":"__proto__.polluted","type":"constructor"},{"name":"constructor","type":"__proto__"}]}',
      'objects that are columns, too':
        '{"num_rows":1,"columns":[{"name":"a","type":"City"},{"name":"a.b","type":"City"},{"name":"a","type":"JSON Array"}]}',
      'a pattern that takes for ever':
        '{"num_rows":1,"columns":[{"name":"a","type":"Regular Expression","value":"^(a+)+$"},{"name":"b","type":"Regular Expression","value":"(((a{1000}){1000}){1000})"}]}',
      'lengths beyond all':
        '{"num_rows":1e400,"columns":[{"name":"a","type":"Words","min":1,"max":1e300},{"name":"b","type":"Number","min":1e308,"max":-1e308,"decimals":1e9},{"name":"c","type":"JSON Array","maxItems":1e9},{"name":"c.d","type":"City"}]}',
      'a list of 100,000 values': () =>
        `{"num_rows":1,"columns":[{"name":"a","type":"Custom List","values":[${times(1e5, (i) => `"v${i}"`, ',')}]}]}`,
      'columns that are none': '{"num_rows":1,"columns":[null,5,[],"x",{"name":5,"type":{}}]}',
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
