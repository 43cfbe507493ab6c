import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../testing/client.ts';
import { A_STORE, startOn, type TestServer } from '../testing/servers.ts';
import { until } from '../testing/until.ts';

type Row = Readonly<Record<string, unknown>>;

const ID = { name: 'id', type: 'sequence' };
const COUNTRY = { name: 'country', type: 'enum', options: { values: ['DE', 'NL', 'FR'] } };
const python = (name: string, code: string, more: object = {}) => ({
  name,
  type: 'python',
  options: { code, ...more },
});
const DRAWN = python(
  'drawn',
  'def value(rng, row, dm):\n    return [rng.random(), rng.randint(1, 6), row["country"], "".join({"a", "b", "c", "d", "e", "f"})]',
);

describe.each(A_STORE)('python fields on the %s store', (kind) => {
  let server: TestServer;
  let client: Client;
  beforeAll(async () => {
    server = await startOn(kind);
    client = server.client;
  });
  afterAll(() => server?.close());
  let made = 0;
  const template = async (...fields: readonly object[]): Promise<string> => {
    const { status, body } = await client.post<{ id: string }>('/templates', { name: `python ${++made}`, fields });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body.id;
  };
  const generate = async (id: string, more: object): Promise<readonly Row[]> => {
    const { status, body } = await client.post<readonly Row[]>(`/templates/${id}/generate`, { seed: 'a', ...more });
    expect({ status, body: status === 200 ? [] : body }).toEqual({ status: 200, body: [] });
    return body;
  };
  const fault = async (id: string, more: object = {}) => {
    const answer = await client.post<never>(`/templates/${id}/generate`, { seed: 'a', count: 10, ...more });
    // What Python says is theirs: names of its errors are no secret of the server.
    const { error } = answer.body as unknown as { error: { code: string; details: { diagnostics: readonly Row[] } } };
    expect({ status: answer.status, code: error.code }).toEqual({ status: 422, code: 'validation_error' });
    return error.details.diagnostics[0];
  };

  it('make the same values of a seed, in generations, previews, ranges and formats', async () => {
    const id = await template(ID, COUNTRY, DRAWN, {
      name: 'twice',
      type: 'derived',
      options: { expression: 'id * 2' },
    });
    const rows = await generate(id, { count: 3000 });
    expect(rows).toHaveLength(3000);
    expect(await generate(id, { count: 3000 })).toEqual(rows);
    expect((await client.post<readonly Row[]>(`/templates/${id}/preview`, { seed: 'a' })).body).toEqual(
      rows.slice(0, 3),
    );
    expect(new Set(rows.map(({ drawn }) => (drawn as number[])[0])).size).toBe(3000);
    expect((await generate(id, { count: 10, seed: 'b' }))[0]).not.toEqual(rows[0]);
    await fc.assert(
      fc.asyncProperty(fc.nat(2990), fc.integer({ min: 1, max: 9 }), async (from, size) => {
        expect(await generate(id, { from, to: from + size })).toEqual(rows.slice(from, from + size));
      }),
      { numRuns: 5 },
    );
    const csv = await client.post<string>(`/templates/${id}/generate`, { seed: 'a', count: 3, format: 'csv' });
    expect(csv.text.split('\n')[1]).toContain(JSON.stringify(rows[0]?.['drawn']).replaceAll('"', '""'));
  });

  it('are told where a function fails, and why', async () => {
    const failing = 'def value(rng, row, dm):\n    if row["id"] == 7:\n        return {}["key"]\n    return 1';
    expect(await fault(await template(ID, python('p', failing)))).toMatchObject({
      code: 'python_failed',
      pointer: '/fields/1/options/code',
      message: 'row 6: field "p": KeyError: \'key\' (line 3)',
    });
    expect(
      await fault(
        await template(python('p', 'def value(rng, row, dm):\n    return row["later"]'), { ...ID, name: 'later' }),
      ),
    ).toMatchObject({
      message: 'row 0: field "p": KeyError: \'later\' (line 2)',
      hint: expect.stringContaining('below'),
    });
  });

  it.each([
    ['an endless loop', 'while True: pass', 'python_timeout', 'row 3: field "p": took more than 2 seconds'],
    ['a sleep', 'import time; time.sleep(60)', 'python_timeout', 'row 3: field "p": took more than 2 seconds'],
    [
      'what never comes back to Python',
      'sum(range(10**12))',
      'python_timeout',
      'more than 2 seconds for a row, in row',
    ],
    ['what takes all memory', 'x = bytearray(1 << 34)', 'python_out_of_memory', 'row 3: field "p": MemoryError'],
    ['memory that grows', 'x = []\n        while True: x.append(bytearray(1 << 20))', 'python_out_of_memory', ''],
    ['an exit', 'import os; os._exit(0)', 'python_ended', 'ended the process'],
    ['a polite exit', 'raise SystemExit(3)', 'python_failed', 'SystemExit: 3'],
    ['a signal', 'import os; os.kill(os.getpid(), 9)', 'python_ended', ''],
    ['a fork bomb', 'import os\n        while True: os.fork()', '', ''],
    [
      'what is not JSON',
      'return object()',
      'python_not_json',
      'row 3: field "p": a value of type object is none of JSON',
    ],
    ['an integer that loses digits', 'return 2**60', 'python_not_json', 'beyond 2^53'],
    ['no number', 'return float("nan")', 'python_not_json', 'nan is no number in JSON'],
    ['keys that are no texts', 'return {1: 2}', 'python_not_json', 'keys of a dict'],
    ['a list in itself', 'x = []; x.append(x); return x', 'python_not_json', 'nested more than'],
    ['too much', 'return "x" * (1 << 21)', 'value_too_large', 'row 3'],
    [
      'another protocol',
      'import os\n        for fd in range(3, 20):\n            try: os.write(fd, b"\\0\\0\\0\\2[]")\n            except OSError: pass',
      'python_ended',
      '',
    ],
    [
      'questions that wait for no answer',
      'import __main__ as m\n        for _ in range(20): m.send({"ask": "rows", "name": "none", "seed": "a", "from": 0, "to": 1})',
      'python_ended',
      '',
    ],
    ['the network', 'import socket; socket.create_connection(("127.0.0.1", 5432), 1)', 'python_failed', 'Error'],
    ['files of the host', 'open("/etc/shadow").read()', 'python_failed', 'FileNotFoundError'],
    ['packages', 'import numpy', 'python_failed', 'ModuleNotFoundError'],
  ])('are ended by %s', async (_, what, code, message) => {
    const source = `def value(rng, row, dm):\n    print("\\0\\0\\0\\4null" * 1000)\n    if row["id"] == 4:\n        ${what}\n    return row["id"]`;
    const found = await fault(await template(ID, python('p', source)));
    if (code !== '') expect(found).toMatchObject({ code });
    expect(found?.['message']).toContain(message);
    // The server goes on.
    expect(
      await generate(await template(ID, python('p', 'def value(rng, row, dm):\n    return row["id"]')), { count: 1 }),
    ).toEqual([{ id: 1, p: 1 }]);
  });

  it('give dates, decimals, lists and objects as JSON has them', async () => {
    const code = [
      'import datetime, decimal, enum, uuid',
      'class Kind(str, enum.Enum):\n    A = "a"',
      'def value(rng, row, dm):',
      '    return [None, True, 1.5, "ü\\U0001F600", (1, 2), {"a": datetime.date(2026, 1, 2)}, datetime.datetime(2026, 1, 2, 3, 4),',
      '            decimal.Decimal("12.50"), uuid.UUID(int=1), Kind.A]',
    ].join('\n');
    const [row] = await generate(await template(python('p', code)), { count: 1 });
    expect(row).toEqual({
      p: [
        null,
        true,
        1.5,
        'ü😀',
        [1, 2],
        { a: '2026-01-02' },
        '2026-01-02T03:04:00',
        12.5,
        '00000000-0000-0000-0000-000000000001',
        'a',
      ],
    });
  });

  it('see the fields above them, one after the other', async () => {
    const seen = 'def value(rng, row, dm):\n    return sorted(row)';
    const rows = await generate(
      await template(
        ID,
        python('a', seen),
        python('b', 'def value(row):\n    row["id"] = 0\n    return row["a"]'),
        COUNTRY,
        python('c', seen),
      ),
      { count: 2 },
    );
    expect(rows[1]).toMatchObject({ id: 2, a: ['id'], b: ['id'], c: ['a', 'b', 'country', 'id'] });
  });

  it('count, each number once, and previews count without keeping it', async () => {
    const code = 'def value(rng, row, dm):\n    return f"C-{dm.counter(\'seq\').next():04d}"';
    const id = await template(python('p', code));
    const preview = await client.post<readonly Row[]>(`/templates/${id}/preview`, {});
    expect(preview.body.map(({ p }) => p)).toEqual(['C-0001', 'C-0002', 'C-0003']);
    expect((await client.get('/counters/seq')).body).toEqual({ name: 'seq', value: 0 });
    const numbers = (rows: readonly Row[]) => rows.map(({ p }) => Number(String(p).slice(2)));
    expect(numbers(await generate(id, { count: 2500 }))).toEqual(Array.from({ length: 2500 }, (_, i) => i + 1));
    expect((await client.get('/counters/seq')).body).toEqual({ name: 'seq', value: 2500 });
    const [one, two] = await Promise.all([generate(id, { count: 2000 }), generate(id, { count: 2000 })]);
    const all = [...numbers(one), ...numbers(two)];
    expect(new Set(all).size).toBe(4000);
    for (const some of [numbers(one), numbers(two)]) expect(some).toEqual(some.toSorted((a, b) => a - b));
    const sometimes =
      'def value(rng, row, dm):\n    c = dm.counter("rare")\n    return [c.peek(), c.next() if row["id"] % 10 == 0 else None]';
    const rare = await generate(await template(ID, python('p', sometimes)), { count: 100 });
    expect(rare.at(-1)?.['p']).toEqual([9, 10]);
    expect((await client.get('/counters/rare')).body).toEqual({ name: 'rare', value: 10 });
  });

  it('give numbers back that they do not use, unless somebody has counted on', async () => {
    const code = [
      'import time',
      'def value(row, dm):',
      '    return dm.counter("over").next() if row["id"] == 1 else time.sleep(1.2)',
    ].join('\n');
    const making = generate(await template(ID, python('p', code)), { count: 8 });
    const at = async (): Promise<number> => (await client.get<{ value: number }>('/counters/over')).body.value;
    await until(async () => (await at()) > 0);
    expect((await client.post<{ value: number }>('/counters/over/next', {})).body.value).toBe(9);
    expect((await making).map(({ p }) => p)).toEqual([1, ...Array(7).fill(null)]);
    expect((await client.post<{ value: number }>('/counters/over/next', {})).body.value).toBe(10);
  });

  it('read workspace files, and write none', async () => {
    await client.upload('lookups/zip.csv', 'zip,city\n10115,Berlin\n');
    const code = [
      'import csv',
      'def value(rng, row, dm):',
      '    with dm.workspace_file("lookups/zip.csv").open("r") as lines:',
      '        return {line["zip"]: line["city"] for line in csv.DictReader(lines)}',
    ].join('\n');
    expect(await generate(await template(python('p', code)), { count: 2 })).toEqual([
      { p: { 10115: 'Berlin' } },
      { p: { 10115: 'Berlin' } },
    ]);
    const missing = 'def value(rng, row, dm):\n    return dm.workspace_file("none").read_text()';
    expect((await fault(await template(python('p', missing))))?.['message']).toContain('there is no workspace file');
    const writing = 'def value(rng, row, dm):\n    dm.workspace_file("lookups/zip.csv").open("w")';
    expect((await fault(await template(python('p', writing))))?.['message']).toContain('PermissionError');
    const other = 'def value(rng, row, dm):\n    dm.connection("x")';
    expect((await fault(await template(python('p', other))))?.['message']).toContain(
      "dm has no 'connection' in a field",
    );
  });

  it('use rows of other templates, the same for a seed', async () => {
    const { body: other } = await client.post<{ id: string }>('/templates', {
      name: 'address',
      fields: [ID, { name: 'city', type: 'city' }, COUNTRY],
    });
    const code = [
      'def value(row, dm):',
      '    one = dm.template("address").generate()[0]',
      `    other, *more = dm.template("${other.id}").generate(3)`,
      '    same = dm.template("address").generate(2, seed="mine")',
      '    many = sum(each["id"] for each in dm.template("address").stream(1200)) if row["id"] == 1 else 0',
      '    return [one["city"], other["city"], len(more), [each["city"] for each in same], many]',
    ].join('\n');
    const id = await template(ID, python('p', code));
    const rows = (await generate(id, { count: 30 })).map(({ p }) => p as [string, string, number, string[], number]);
    expect((await generate(id, { from: 20, to: 30 })).map(({ p }) => p)).toEqual(rows.slice(20));
    expect((await generate(id, { count: 3, seed: 'b' })).map(({ p }) => p)).not.toEqual(rows.slice(0, 3));
    expect(new Set(rows.map(([city]) => city)).size).toBeGreaterThan(5);
    expect(rows.some(([city, second]) => city !== second)).toBe(true);
    expect(rows.every(([, , more]) => more === 2)).toBe(true);
    const mine = (await generate(other.id, { count: 2, seed: 'mine' })).map(({ city }) => city);
    expect(rows.every(([, , , same]) => JSON.stringify(same) === JSON.stringify(mine))).toBe(true);
    expect(rows[0]?.[4]).toBe((1200 * 1201) / 2);
  });

  it('are told why there are no rows of another template', async () => {
    await client.post('/templates', { name: 'twice', fields: [ID] });
    await client.post('/templates', { name: 'twice', fields: [ID] });
    const few = { name: 'few', type: 'enum', unique: true, options: { values: ['a', 'b'] } };
    await client.post('/templates', { name: 'few', fields: [few] });
    await client.post('/templates', { name: 'itself', fields: [python('p', 'def value():\n    return 1')] });
    await client.post('/templates', {
      name: 'wide',
      fields: [{ name: 'w', type: 'constant', options: { value: 'x'.repeat(60_000) } }],
    });
    const ask = async (what: string): Promise<unknown> =>
      (await fault(await template(ID, python('p', `def value(dm):\n    return ${what}`))))?.['message'];
    expect(await ask('dm.template("none").generate()')).toContain('there is no template "none"');
    expect(await ask('dm.template("twice").generate()')).toContain('several templates are called "twice": use an id');
    expect(await ask('dm.template("few").generate(3)')).toContain('enough for 2 rows');
    expect(await ask('dm.template("itself").generate()')).toContain('has Python fields itself');
    expect(await ask('dm.template("wide").generate(500)')).toContain('take fewer at a time');
    expect(await ask('dm.template("few").generate(seed="s" * 1000)')).toContain('a seed is a short text');
    expect(await ask('dm.template("a\\0b").generate()')).toContain('there is no template "a\\u0000b"');
    expect(await ask(`dm.template("${'x'.repeat(201)}").generate()`)).toContain('a name has at most 200 characters');
    const many = [];
    for (let i = 0; i < 51; i++) many.push(await client.create([ID]));
    expect(await ask(`[dm.template(one).generate() for one in ${JSON.stringify(many)}]`)).toContain(
      'an output uses at most 50 templates',
    );
    expect(await ask('dm.template(3)')).toContain('named by its id or name');
    expect(await ask('ask({"ask": "rows", "name": "few"})')).toContain('NameError');
  });

  it('use rows with sensitive fields where all of them are sensitive', async () => {
    await client.post('/templates', { name: 'patients', fields: [{ name: 'mail', type: 'email' }] });
    const code = 'def value(dm):\n    return dm.template("pat" + "ients").generate()[0]["mail"]';
    const [open, marked] = [python('p', code), python('q', code, { sensitive: true })];
    for (const fields of [
      [open],
      [open, marked],
      [marked, { name: 'n', type: 'template', options: { fields: [open] } }],
    ])
      expect((await fault(await template(ID, ...fields)))?.['message']).toContain(
        'the template "patients" has sensitive fields: mark all Python fields here with "sensitive": true',
      );
    expect(await generate(await template(ID, marked), { count: 1 })).toEqual([
      { id: 1, q: expect.stringContaining('@') },
    ]);
  });

  it('are in runs, profiles, estimates, sets and pushes', async () => {
    const id = await template(ID, COUNTRY, DRAWN);
    const rows = await generate(id, { count: 500 });
    const submitted = await client.post<{ run_id: string }>(`/templates/${id}/generate`, {
      seed: 'a',
      count: 500,
      async: true,
    });
    await until(
      async () => (await client.get<{ state: string }>(`/runs/${submitted.body.run_id}`)).body.state === 'done',
    );
    expect((await client.get(`/runs/${submitted.body.run_id}/output`)).body).toEqual(rows);
    const profile = await client.post<{ seed: string }>(`/templates/${id}/profile`, { seed: 'a', count: 500 });
    expect(profile.status).toBe(200);
    const estimate = await client.post<{ rows: number }>(`/templates/${id}/estimate`, { count: 1e6 });
    expect(estimate.body).toMatchObject({ rows: 1e6 });
    const set = await client.post<Row>('/sets', { name: 'drawn', template_id: id, count: 500, seed: 'a' });
    expect(set.status).toBe(201);
    expect((await client.get<{ rows: readonly Row[] }>('/sets/drawn')).body.rows).toEqual(rows);
    const failing = await template(python('p', 'def value(rng, row, dm):\n    return 1 / 0'));
    const run = (await client.post<{ run_id: string }>(`/templates/${failing}/generate`, { count: 5, async: true }))
      .body.run_id;
    await until(async () => (await client.get<{ state: string }>(`/runs/${run}`)).body.state === 'failed');
    expect((await client.get<Row>(`/runs/${run}`)).body['error']).toMatchObject({
      code: 'python_failed',
      message: 'row 0: field "p": ZeroDivisionError: division by zero (line 2)',
    });
  });

  it.each([
    ['syntax_error', "line 2, column 12: '(' was never closed", 'def value(rng, row, dm):\n    return (1'],
    ['missing_function', 'there is no function `value(rng, row, dm)`', 'def values(rng, row, dm):\n    return 1'],
    ['wrong_function', 'line 1: an async function gives no value', 'async def value(rng, row, dm):\n    return 1'],
    ['syntax_error', 'too', '('.repeat(5000)],
  ])('are refused when a template is saved: %s, %s', async (kind, message, code) => {
    const fields = [ID, { name: 'nested', type: 'template', options: { fields: [python('p', code)] } }];
    for (const path of ['/templates', '/templates/validate']) {
      const { body } = await client.post<never>(path, { name: 'wrong', fields });
      const { error, diagnostics = error?.details.diagnostics } = body as unknown as {
        error?: { details: { diagnostics: readonly Row[] } };
        diagnostics?: readonly Row[];
      };
      expect(diagnostics).toMatchObject([
        { code: kind, pointer: '/fields/1/options/fields/0/options/code', message: expect.stringContaining(message) },
      ]);
    }
  });

  it('end with whoever waits for them, and leave their place to others', async () => {
    const slow = await template(
      ID,
      python('p', 'import time\ndef value(dm):\n    time.sleep(0.2)\n    return dm.counter("begun").next()'),
    );
    for (let i = 0; i < 6; i++) {
      const begun = async (): Promise<number> => (await client.get<{ value: number }>('/counters/begun')).body.value;
      const before = await begun();
      const gone = new AbortController();
      const answer = fetch(`${client.url}/templates/${slow}/generate`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
        body: '{"count": 1000}',
        signal: gone.signal,
      });
      await until(async () => (await begun()) > before);
      gone.abort();
      await expect(answer).rejects.toThrow();
    }
    const quick = await template(ID, python('p', 'def value(rng, row, dm):\n    return row["id"]'));
    const all = await Promise.all(Array.from({ length: 6 }, () => generate(quick, { count: 1 })));
    expect(all).toEqual(Array.from({ length: 6 }, () => [{ id: 1, p: 1 }]));
  });

  it('take functions of other forms', async () => {
    const forms = [
      'value = lambda rng, row, dm: row["id"]',
      'def value(r, s, t, table={}):\n    return table.setdefault("x", s["id"])',
      'def value(rng, dm):\n    return rng.random() < 1',
      'def value(*given):\n    return len(given)',
      'def value():\n    return 0',
    ];
    const rows = await generate(await template(ID, ...forms.map((code, i) => python(`f${i}`, code))), { count: 1 });
    expect(rows).toEqual([{ id: 1, f0: 1, f1: 1, f2: true, f3: 3, f4: 0 }]);
    expect(await fault(await template(python('p', 'def value(rng, row, dm, other):\n    return 1')))).toMatchObject({
      message: expect.stringContaining('takes (rng, row, dm, other), and is given (rng, row, dm)'),
    });
  });
});

it('python fields of a server without a sandbox are refused, and other templates are not', async () => {
  const { SandboxError } = await import('../runner/sandbox/sandbox.ts');
  const refuse = async (): Promise<never> => {
    throw new SandboxError('sandbox_missing', 'There is no bwrap.', 'Install bubblewrap.');
  };
  const server = await startOn('external', { sandbox: { name: 'bwrap', start: refuse, report: refuse } });
  try {
    const { client } = server;
    const id = await client.create([ID, python('p', 'def value(rng, row, dm):\n    return 1')]);
    for (const [path, body] of [
      ['generate', { count: 2 }],
      ['preview', {}],
      ['profile', { count: 2 }],
    ] as const) {
      const answer = await client.post<never>(`/templates/${id}/${path}`, body);
      expect(answer).toMatchObject({
        status: 422,
        body: {
          error: {
            details: {
              diagnostics: [{ code: 'no_sandbox', pointer: '/fields/1/type', hint: 'Install bubblewrap.' }],
            },
          },
        },
      });
    }
    const other = await client.create([ID]);
    expect((await client.post(`/templates/${other}/generate`, { count: 1 })).body).toEqual([{ id: 1 }]);
  } finally {
    await server.close();
  }
});
