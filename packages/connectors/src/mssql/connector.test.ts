import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Dialer } from '../dial/dialer.ts';
import { OutboundPolicy } from '../dial/outbound-policy.ts';
import type { Session } from '../session.ts';
import { allTextOf, errorOf } from '../testing/contract/workbench.ts';
import { type SelfSigned, selfSigned } from '../testing/self-signed.ts';
import { mssql } from './connector.ts';
import type { SentStatement } from './testing/read-rpc.ts';
import { type PeerAnswer, startTdsPeer, type TdsPeer, type TdsPeerOptions } from './testing/tds-peer.ts';
import type { PeerType } from './testing/tokens.ts';

const PASSWORD = 'S3CRET-pä$$';
const peers: TdsPeer[] = [];
const sessions: Session[] = [];
let tls: SelfSigned;

beforeAll(() => {
  tls = selfSigned('good.example');
});
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await Promise.all(peers.splice(0).map((peer) => peer.stop()));
});
afterAll(() => tls.remove());

async function peerOf(options: TdsPeerOptions = {}): Promise<TdsPeer> {
  const peer = await startTdsPeer(options);
  peers.push(peer);
  return peer;
}

interface Said {
  readonly query?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly readOnly?: boolean;
  readonly signal?: AbortSignal;
  readonly dialer?: Dialer;
  readonly timeoutMs?: number;
}

async function open(port: number, said: Said = {}): Promise<Session> {
  const { query = '?encrypt=false', options, ...more } = said;
  const url = `mssql://maker:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/shop${query}`;
  const { config, secrets } = mssql.parse({ url, options });
  const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']), async () => ['127.0.0.1']);
  const session = await mssql.open(config, { dialer, secrets, readOnly: false, timeoutMs: 3000, ...more });
  sessions.push(session);
  return session;
}

const result = (columns: readonly (readonly [string, PeerType])[], ...rows: unknown[][]) => ({ columns, rows });

/** A table `dbo.order` as the catalogue tells of it, and answers to whatever else is asked. */
function catalogue(rest: (statement: SentStatement) => PeerAnswer): (statement: SentStatement) => PeerAnswer {
  const column = (name: string, base: string, more: unknown[] = []): unknown[] => {
    const [length = 8, precision = 0, scale = 0, identity = 0, made = 0] = more;
    return [7, name, base, null, length, precision, scale, 1, null, identity, 0, made, null];
  };
  return (statement) => {
    const { text, values } = statement;
    if (text.includes('AS [has_triggers]')) {
      const columns = [
        ['id', 'int'],
        ['schema', 'nvarchar'],
        ['name', 'nvarchar'],
        ['comment', 'nvarchar'],
        ['row_estimate', 'bigint'],
        ['has_triggers', 'bit'],
      ] as const;
      return [
        result(
          columns,
          ...(values[0] === 'Order' || values[0] === null || values[0] === 'order'
            ? [[7, 'dbo', 'order', null, 5, 1]]
            : []),
        ),
      ];
    }
    if (text.includes('AS [is_identity]')) {
      const columns = [
        ['id', 'int'],
        ['name', 'nvarchar'],
        ['base', 'nvarchar'],
        ['own_type', 'nvarchar'],
        ['max_length', 'int'],
        ['precision', 'int'],
        ['scale', 'int'],
        ['nullable', 'bit'],
        ['default', 'nvarchar'],
        ['is_identity', 'bit'],
        ['is_computed', 'bit'],
        ['is_made', 'bit'],
        ['comment', 'nvarchar'],
      ] as const;
      return [
        result(
          columns,
          column('id', 'bigint', [8, 19, 0, 1]),
          column('name]', 'nvarchar', [80]),
          column('price', 'decimal', [17, 30, 10]),
          column('weight', 'float', [8, 53]),
          column('photo', 'varbinary', [-1]),
          column('at', 'datetimeoffset', [10, 34, 7]),
          column('day', 'datetime', [8, 23, 3]),
          column('version', 'timestamp', [8, 0, 0, 0, 1]),
        ),
      ];
    }
    if (text.includes('AS [is_primary]')) {
      const columns = [
        ['id', 'int'],
        ['name', 'nvarchar'],
        ['is_primary', 'bit'],
        ['condition', 'nvarchar'],
        ['column', 'nvarchar'],
      ] as const;
      return [result(columns, [7, 'pk_order', 1, null, 'id'], [7, 'uq_name', 0, null, 'name]'])];
    }
    if (text.includes('AS [to_schema]')) {
      const columns = [
        ['id', 'int'],
        ['name', 'nvarchar'],
        ['to_schema', 'nvarchar'],
        ['to_name', 'nvarchar'],
        ['column', 'nvarchar'],
        ['to_column', 'nvarchar'],
        ['is_disabled', 'bit'],
      ] as const;
      return [
        result(columns, [7, 'fk_self', 'dbo', 'order', 'id', 'id', 0], [7, 'fk_off', 'dbo', 'order', 'id', 'id', 1]),
      ];
    }
    if (text.includes('AS [expression]')) {
      const columns = [
        ['id', 'int'],
        ['name', 'nvarchar'],
        ['expression', 'nvarchar'],
        ['is_disabled', 'bit'],
      ] as const;
      return [result(columns, [7, 'ck_price', '([price]>=(0))', 0])];
    }
    return rest(statement);
  };
}

const written = (count: number): PeerAnswer => [result([['written', 'bigint']], [count])];
const ORDER = { schema: 'dbo', name: 'order' };

describe('a connection to SQL Server', () => {
  it('signs in with what is said of it, and asks what answers', async () => {
    const seen: string[] = [];
    const peer = await peerOf({
      login: (...said) => void seen.push(...said),
      answer: () => [
        result(
          [
            ['version', 'nvarchar'],
            ['edition', 'nvarchar'],
            ['engine', 'int'],
            ['updateability', 'nvarchar'],
          ],
          ['16.0.4125.3', 'Developer Edition (64-bit)', 3, 'READ_WRITE'],
        ),
      ],
    });
    const session = await open(peer.port);
    expect(seen).toEqual(['maker', PASSWORD]);
    expect(await session.verify()).toEqual({
      product: 'SQL Server',
      version: '16.0.4125.3',
      notes: ['Developer Edition (64-bit)', 'the connection is not encrypted'],
    });
  });

  it.each([
    [18456, 'auth', "Login failed for user 'maker'."],
    [4060, 'database', 'Cannot open database "shop" requested by the login. The login failed.'],
    [40615, 'permission', "Client with IP address '192.0.2.1' is not allowed to access the server."],
    [17142, 'busy', 'SQL Server service has been paused.'],
  ])('says what is wrong when the server says %d: %s', async (number, problem, message) => {
    const peer = await peerOf({ login: () => ({ number, message }) });
    const error = await errorOf(open(peer.port));
    expect(error).toMatchObject({ problem, message: `${message} (SQL Server error ${number})` });
    expect(allTextOf(error)).not.toContain(PASSWORD);
  });

  it('encrypts and checks who answers', async () => {
    const peer = await peerOf({ tls });
    await open(peer.port, { query: '?encrypt=true&trustServerCertificate=true' });
    const known = { tls: { mode: 'verify-full', ca: tls.cert }, certificateHost: 'good.example' };
    await open(peer.port, { query: '', options: known });
    for (const options of [{}, { tls: known.tls }, { ...known, certificateHost: 'other.example' }]) {
      expect(await errorOf(open(peer.port, { query: '', options }))).toMatchObject({ problem: 'tls' });
    }
    const bare = await peerOf();
    expect(await errorOf(open(bare.port, { query: '' }))).toMatchObject({ problem: 'tls' });
    expect(bare.deeds).toEqual([]);
  });

  it('says when nobody is there, nobody answers, or somebody else does', async () => {
    const dialer = new Dialer(new OutboundPolicy());
    const peer = await peerOf();
    expect(await errorOf(open(peer.port, { dialer }))).toMatchObject({ problem: 'target_not_allowed' });
    await peer.stop();
    expect(await errorOf(open(peer.port))).toMatchObject({ problem: 'refused' });
    for (const [answer, problems] of [
      ['', ['timeout']],
      ['HTTP/1.1 400 Bad Request\r\n\r\n', ['protocol', 'broken', 'timeout', 'tls']],
    ] as const) {
      const server = createServer((socket) => void socket.on('error', () => undefined).write(answer));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      expect(problems).toContain((await errorOf(open(port, { timeoutMs: 300 }))).problem);
      const stop = new AbortController();
      server.once('connection', () => stop.abort(new Error('enough')));
      expect((await errorOf(open(port, { signal: stop.signal }))).message).toBe('enough');
      server.close();
    }
  });

  it('goes on to another host when it is sent there, as far as that is allowed', async () => {
    const second = await peerOf();
    const first = await peerOf({ login: () => ({ route: { host: 'worker.example', port: second.port } }) });
    const looked: string[] = [];
    const dialer = new Dialer(new OutboundPolicy(['127.0.0.0/8']), async (host) => {
      looked.push(host);
      return ['127.0.0.1'];
    });
    await open(first.port, { dialer });
    expect(looked).toEqual(['worker.example']);
    const closed = await peerOf({ login: () => ({ route: { host: '169.254.169.254', port: 80 } }) });
    expect(await errorOf(open(closed.port))).toMatchObject({ problem: 'target_not_allowed' });
  });

  it('is not sent on without end', async () => {
    let asked = 0;
    const peer = await peerOf({
      login: () => ({ route: { host: 'worker.example', port: asked++ < 100 ? peer.port : 1 } }),
    });
    expect(await errorOf(open(peer.port))).toMatchObject({ problem: 'protocol' });
    expect(asked).toBeLessThan(10);
  });

  it('reads what the catalogue says of tables', async () => {
    const peer = await peerOf({ answer: catalogue(() => []) });
    const session = await open(peer.port);
    const { tables, notices } = await session.introspect();
    expect(tables).toHaveLength(1);
    expect(tables[0]).toMatchObject({
      ...ORDER,
      primaryKey: { name: 'pk_order', columns: ['id'] },
      uniqueKeys: [{ name: 'uq_name', columns: ['name]'], nullsAreEqual: true, condition: null }],
      foreignKeys: [{ name: 'fk_self', to: ORDER, columns: ['id'], toColumns: ['id'], isDeferrable: false }],
      checks: [{ name: 'ck_price', expression: '([price]>=(0))' }],
      rowEstimate: 5,
    });
    expect(tables[0]?.columns.map(({ name, kind, type, generated }) => [name, kind, type, generated])).toEqual([
      ['id', 'integer', 'bigint', 'by_default'],
      ['name]', 'text', 'nvarchar(40)', null],
      ['price', 'decimal', 'decimal(30,10)', null],
      ['weight', 'float', 'float', null],
      ['photo', 'binary', 'varbinary(max)', null],
      ['at', 'datetime_zoned', 'datetimeoffset(7)', null],
      ['day', 'datetime', 'datetime', null],
      ['version', 'binary', 'rowversion', 'always'],
    ]);
    expect(notices.map(({ subject }) => subject)).toEqual(['order.fk_off', 'order']);
    // The server would take it for the same.
    expect(await errorOf(session.describe({ ...ORDER, name: 'Order' }))).toMatchObject({ problem: 'not_found' });
  });

  it('sends rows as text that is cast, floats and bytes as they are, in one transaction for each batch', async () => {
    const peer = await peerOf({ answer: catalogue(() => written(2)) });
    const session = await open(peer.port);
    const rows = [
      {
        'name]': 'ä😀',
        price: '0.10',
        weight: 1 / 3,
        photo: Uint8Array.of(0, 255),
        at: '2026-01-31T13:05:00Z',
        day: '2026-01-31',
      },
      { 'name]': null, price: null, weight: null, photo: null, at: null, day: null },
    ];
    expect(await session.insert(ORDER, [rows])).toMatchObject({ sent: 2, written: 2, skipped: 0 });
    expect(peer.deeds.slice(-3)).toEqual(['begin', expect.stringContaining('INSERT INTO [dbo].[order]'), 'commit']);
    const sent = peer.statements.at(-1) as SentStatement;
    expect(sent.text).toBe(
      [
        'SET NOCOUNT ON;',
        'DECLARE @written bigint;',
        'INSERT INTO [dbo].[order] ([name]]], [price], [weight], [photo], [at], [day]) SELECT [name]]], [price], [weight], [photo], [at], [day] FROM ' +
          '(VALUES (@p1, CAST(@p2 AS decimal(30,10)), CAST(@p3 AS float), CAST(@p4 AS varbinary(max)), CAST(@p5 AS datetimeoffset(7)), CAST(CAST(@p6 AS datetime2(7)) AS datetime)), ' +
          '(@p7, CAST(@p8 AS decimal(30,10)), CAST(@p9 AS float), CAST(@p10 AS varbinary(max)), CAST(@p11 AS datetimeoffset(7)), CAST(CAST(@p12 AS datetime2(7)) AS datetime))) AS s ([name]]], [price], [weight], [photo], [at], [day]);',
        'SET @written = @@ROWCOUNT;',
        'SELECT @written AS [written];',
      ].join('\n'),
    );
    expect(sent.values).toEqual([
      'ä😀',
      '0.10',
      1 / 3,
      Uint8Array.of(0, 255),
      '2026-01-31T13:05:00Z',
      '2026-01-31T00:00:00',
      ...Array(6).fill(null),
    ]);
    expect(sent.declarations).toMatch(/^@p1 nvarchar\(4000\), ?@p2 nvarchar\(4000\), ?@p3 float, ?@p4 varbinary/);
  });

  it('gives back keys in the order of the rows, past triggers, and takes numbers of its own for an identity', async () => {
    const peer = await peerOf({
      answer: catalogue(() => [
        result(
          [
            ['r0', 'bigint'],
            ['r1', 'nvarchar'],
          ],
          [2n ** 60n, '1.5000000000'],
          [8, null],
        ),
        result([['written', 'bigint']], [2]),
      ]),
    });
    const session = await open(peer.port);
    const returned: unknown[] = [];
    await session.insert(
      ORDER,
      [
        [
          { id: 5, price: 1.5 },
          { id: 6, price: null },
        ],
      ],
      {
        returning: ['id', 'price'],
        onConflict: 'update',
        onBatch: (one) => returned.push(...one.returned),
      },
    );
    expect(returned).toEqual([
      { id: 2n ** 60n, price: '1.5000000000' },
      { id: 8, price: null },
    ]);
    expect(peer.statements.at(-1)?.text).toBe(
      [
        'SET NOCOUNT ON;',
        'DECLARE @written bigint;',
        'DECLARE @returned TABLE ([#row] int, [r0] bigint NULL, [r1] decimal(30,10) NULL);',
        'SET IDENTITY_INSERT [dbo].[order] ON;',
        'MERGE INTO [dbo].[order] WITH (HOLDLOCK) AS t USING (VALUES (CAST(@p1 AS bigint), CAST(@p2 AS decimal(30,10)), 0), (CAST(@p3 AS bigint), CAST(@p4 AS decimal(30,10)), 1)) AS s ([id], [price], [#row]) ' +
          'ON (t.[id] = s.[id]) WHEN MATCHED THEN UPDATE SET [price] = s.[price] WHEN NOT MATCHED THEN INSERT ([id], [price]) VALUES (s.[id], s.[price]) OUTPUT s.[#row], inserted.[id], inserted.[price] INTO @returned;',
        'SET @written = @@ROWCOUNT;',
        'SET IDENTITY_INSERT [dbo].[order] OFF;',
        'SELECT [r0], CONVERT(varchar(41), [r1]) FROM @returned ORDER BY [#row];',
        'SELECT @written AS [written];',
      ].join('\n'),
    );
  });

  it('sends rows of nothing, and leaves out by any key when none is named', async () => {
    const peer = await peerOf({ answer: catalogue(() => written(1)) });
    const session = await open(peer.port);
    await session.insert(ORDER, [[{}]]);
    expect(peer.statements.at(-1)?.text).toContain(
      'USING (VALUES (0)) AS s ([#row]) ON (1 = 0) WHEN NOT MATCHED THEN INSERT DEFAULT VALUES;',
    );
    await session.insert(ORDER, [[{ 'name]': 'a' }]], { onConflict: 'skip', key: ['name]'] });
    expect(peer.statements.at(-1)?.text).toContain(
      'ON (t.[name]]] = s.[name]]]) WHEN NOT MATCHED THEN INSERT ([name]]]) VALUES (s.[name]]]);',
    );
  });

  it('cuts batches at 2,098 parameters', async () => {
    const peer = await peerOf({ answer: catalogue(({ values }) => written(values.length / 3)) });
    const session = await open(peer.port);
    const rows = Array.from({ length: 1000 }, (_, id) => ({ id, 'name]': 'x', price: 1 }));
    expect(await session.insert(ORDER, [rows])).toMatchObject({ written: 1000 });
    const counts = peer.statements.map(({ values }) => values.length).filter((count) => count > 10);
    expect(counts).toEqual([2097, 903]);
  });

  it.each([
    [
      2627,
      'constraint',
      "Violation of PRIMARY KEY constraint 'pk_order'. Cannot insert duplicate key in object 'dbo.order'. The duplicate key value is (Kl4rtext).",
      'pk_order in dbo.order',
    ],
    [
      547,
      'constraint',
      `The INSERT statement conflicted with the CHECK constraint "ck_price". The conflict occurred in database "shop", table "dbo.order", column 'price'.`,
      'ck_price in dbo.order.price',
    ],
    [
      515,
      'constraint',
      "Cannot insert the value NULL into column 'day', table 'shop.dbo.order'; column does not allow nulls. INSERT fails.",
      'NOT NULL in shop.dbo.order.day',
    ],
    [
      2628,
      'value',
      "String or binary data would be truncated in table 'shop.dbo.order', column 'name'. Truncated value: 'Kl4rtext'.",
      'shop.dbo.order.name',
    ],
    [245, 'value', "Conversion failed when converting the nvarchar value 'Kl4rtext' to data type int.", 'a value'],
    [50001, 'constraint', 'Kl4rtext is not wanted here', 'a trigger'],
    [
      229,
      'permission',
      "The INSERT permission was denied on the object 'order', database 'shop', schema 'dbo'.",
      'denied',
    ],
    [3906, 'read_only', 'Failed to update database "shop" because the database is read-only.', 'read-only'],
    [1205, 'busy', 'Transaction (Process ID 52) was deadlocked on lock resources.', 'deadlocked'],
    [99, 'protocol', 'Kl4rtext', 'refused'],
  ] as const)('says of error %d that it is %s, and shows no value', async (number, problem, message, shown) => {
    const peer = await peerOf({ answer: catalogue(() => ({ number, message })) });
    const session = await open(peer.port);
    const error = await errorOf(session.insert(ORDER, [[{ id: 1 }]]));
    expect(error).toMatchObject({ problem, written: 0, message: expect.stringContaining(shown) });
    expect(allTextOf(error)).not.toContain('Kl4rtext');
    expect(peer.deeds.at(-1)).toBe('rollback');
  });

  it('keeps nothing more when the server has ended the transaction', async () => {
    const peer = await peerOf({ answer: catalogue(({ values }) => (values[0] === '2' ? 'rollback' : written(1))) });
    const session = await open(peer.port);
    const error = await errorOf(
      session.transaction(async () => {
        await session.insert(ORDER, [[{ id: 1 }]]);
        await session.insert(ORDER, [[{ id: 2 }]]).catch(() => undefined);
        await session.insert(ORDER, [[{ id: 3 }]]);
      }),
    );
    expect(error).toMatchObject({
      problem: 'constraint',
      message: expect.stringContaining('nothing of the transaction'),
    });
    expect(peer.statements.filter(({ values }) => values[0] === '3')).toEqual([]);
  });

  it('reads rows as they come, stops in the middle, and goes on', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [i, `v${i}`]);
    const peer = await peerOf({
      answer: catalogue(({ text }) =>
        text.startsWith('SELECT count')
          ? [result([['n', 'int']], [5000])]
          : [
              result(
                [
                  ['id', 'bigint'],
                  ['name]', 'nvarchar'],
                ],
                ...rows,
              ),
            ],
      ),
    });
    const session = await open(peer.port);
    let count = 0;
    for await (const some of session.read({ table: ORDER, columns: ['id', 'name]'], orderBy: ['id'], limit: 5000 })) {
      expect(some[0]).toEqual({ id: count, 'name]': `v${count}` });
      count += some.length;
    }
    expect(count).toBe(5000);
    expect(peer.statements.at(-1)?.text).toBe('SELECT TOP (5000) [id], [name]]] FROM [dbo].[order] ORDER BY [id]');
    for await (const _ of session.read({ table: ORDER, columns: ['id', 'name]'] })) break;
    expect(await session.count(ORDER)).toBe(5000);
  });

  it('gives values in the form that all systems share', async () => {
    const peer = await peerOf({
      answer: catalogue(() => [
        result(
          [
            ['price', 'nvarchar'],
            ['weight', 'float'],
            ['photo', 'varbinary'],
            ['at', 'datetimeoffset'],
            ['day', 'datetime2'],
          ],
          [
            '12345678901234567890.0123456789',
            1 / 3,
            Uint8Array.of(1, 2),
            Date.UTC(2026, 0, 31, 13, 5, 0, 123),
            Date.UTC(1970, 0, 1),
          ],
          [
            '-0.0000000001',
            -0.5,
            new Uint8Array(),
            Date.parse('0001-01-01T00:00:00.5Z'),
            Date.parse('1969-12-31T23:59:59Z'),
          ],
        ),
      ]),
    });
    const session = await open(peer.port);
    const columns = ['price', 'weight', 'photo', 'at', 'day'];
    for await (const rows of session.read({ table: ORDER, columns })) {
      expect(rows).toEqual([
        {
          price: '12345678901234567890.0123456789',
          weight: 1 / 3,
          photo: Uint8Array.of(1, 2),
          at: '2026-01-31T13:05:00.123Z',
          day: '1970-01-01T00:00:00',
        },
        {
          price: '-0.0000000001',
          weight: -0.5,
          photo: new Uint8Array(),
          at: '0001-01-01T00:00:00.5Z',
          day: '1969-12-31T23:59:59',
        },
      ]);
    }
    expect(peer.statements.at(-1)?.text).toBe(
      'SELECT CONVERT(varchar(41), [price]), [weight], [photo], [at], [day] FROM [dbo].[order]',
    );
  });

  it('removes by keys and counts what triggers do not', async () => {
    const peer = await peerOf({ answer: catalogue(() => [result([['removed', 'bigint']], [2])]) });
    const session = await open(peer.port);
    expect(await session.remove(ORDER, [[{ id: 1 }, { id: 2 }, { id: 3 }]])).toBe(2);
    expect(peer.statements.at(-1)?.text).toBe(
      'SET NOCOUNT ON;\nDELETE FROM [dbo].[order] WHERE [id] IN (CAST(@p1 AS bigint), CAST(@p2 AS bigint), CAST(@p3 AS bigint));\nSELECT CAST(@@ROWCOUNT AS bigint) AS [removed];',
    );
  });

  it('stops what it has asked for when it is told to, and goes on after it', async () => {
    const peer = await peerOf({
      answer: catalogue(({ text }) => (text.includes('MERGE') ? 'silence' : [result([['n', 'int']], [1])])),
    });
    const session = await open(peer.port);
    await session.count(ORDER);
    const stop = new AbortController();
    const inserting = session.insert(ORDER, [[{ id: 1 }]], { onConflict: 'skip', signal: stop.signal });
    while (!peer.deeds.at(-1)?.includes('MERGE')) await new Promise(setImmediate);
    stop.abort(new Error('enough'));
    expect((await errorOf(inserting)).message).toBe('enough');
    expect(peer.deeds.slice(-2)).toEqual(['attention', 'rollback']);
    expect(await session.count(ORDER)).toBe(1);
  });

  it('says that it broke, how many rows were kept, and that nothing came', async () => {
    const peer = await peerOf({
      answer: catalogue(({ values }) => (values[0] === '3' ? 'cut' : values[0] === '4' ? 'silence' : written(1))),
    });
    const session = await open(peer.port);
    const rows = [1, 2, 3].map((id) => ({ id }));
    expect(await errorOf(session.insert(ORDER, [rows], { batchSize: 1 }))).toMatchObject({
      problem: 'broken',
      written: 2,
    });
    expect(await errorOf(session.count(ORDER))).toMatchObject({ problem: 'broken' });
    const impatient = await open(peer.port, { options: { idleTimeoutSeconds: 1 } });
    expect(await errorOf(impatient.insert(ORDER, [[{ id: 4 }]]))).toMatchObject({ problem: 'timeout', written: 0 });
  });

  it('for reading refuses what writes, and takes back what a statement does in passing', async () => {
    const peer = await peerOf({ answer: catalogue(() => [result([['n', 'int']], [1])]) });
    const session = await open(peer.port, { readOnly: true });
    expect(await errorOf(session.insert(ORDER, [[{ id: 1 }]]))).toMatchObject({ problem: 'read_only' });
    expect(await errorOf(session.remove(ORDER, [[{ id: 1 }]]))).toMatchObject({ problem: 'read_only' });
    for (const text of [
      'DELETE FROM [order]',
      'SELECT 1 DELETE FROM [order]',
      'SELECT * INTO x FROM [order]',
      'EXEC sp_who',
    ]) {
      expect(await errorOf(session.execute?.(text) as Promise<unknown>)).toMatchObject({ problem: 'read_only' });
    }
    expect(peer.statements).toEqual([]);
    expect(await session.execute?.('SELECT 1 AS n', [])).toEqual([{ n: 1 }]);
    expect(peer.deeds).toEqual(['begin', 'SELECT 1 AS n', 'rollback']);
  });

  it('refuses values for what the server makes', async () => {
    const peer = await peerOf({ answer: catalogue(() => written(1)) });
    const session = await open(peer.port);
    expect(await errorOf(session.insert(ORDER, [[{ version: Uint8Array.of(1) }]]))).toMatchObject({ problem: 'value' });
  });
});
