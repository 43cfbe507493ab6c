import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startFaultProxy } from '../fault-proxy.ts';
import { allOf, allTextOf, errorOf, type Workbench } from './workbench.ts';

const TABLE = {
  columns: [
    { name: 'id', kind: 'integer' },
    { name: 'v', kind: 'text', maxLength: 200 },
    { name: 'w', kind: 'text', maxLength: 200 },
  ],
  primaryKey: ['id'],
} as const;

const HOSTILE = [
  'a,b',
  'say "so"',
  'two\nlines',
  'cr\rlf\r\n',
  '\\N',
  '\\.',
  '',
  'NULL',
  "'); --",
  '😀 Größe',
  '\t \\t',
];

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function* endless(): Generator<Buffer> {
  for (let from = 0; ; from += 1000) {
    yield Buffer.from(Array.from({ length: 1000 }, (_, i) => `${from + i},x,"y"\n`).join(''));
  }
}

/** CSV on its way into a table. Only where the capability `copy` is there. */
export function copying(bench: Workbench): void {
  describe.runIf(bench.can('copy'))('copying', () => {
    it('takes CSV of any content, in chunks of any size', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      const csv = Buffer.from(`${HOSTILE.map((text, id) => `${quoted(text)},${id},`).join('\r\n')}\r\n"last",99,"x"`);
      const progress: number[] = [];
      for (const size of [1, 7, 1000]) {
        const shared = Buffer.alloc(size);
        const chunks = function* () {
          for (let at = 0; at < csv.length; at += size) {
            // A source may use its chunk again.
            const length = csv.copy(shared, 0, at, at + size);
            yield shared.subarray(0, length);
          }
        };
        const onProgress = (bytes: number): void => void progress.push(bytes);
        expect(await session.copy?.(table, ['v', 'id', 'w'], chunks(), { onProgress })).toBe(HOSTILE.length + 1);
        expect(progress.at(-1)).toBe(csv.length);
        const wanted = HOSTILE.map((v, id) => ({ id, v, w: null as string | null }));
        expect(await allOf(session, { table, orderBy: ['id'] })).toEqual([...wanted, { id: 99, v: 'last', w: 'x' }]);
        await session.remove(table, [[...HOSTILE.keys(), 99].map((id) => ({ id }))]);
      }
      expect(await session.copy?.(table, ['id'], [])).toBe(0);
    });

    it('waits for a source that takes its time', async () => {
      const table = await bench.table(TABLE);
      const input = bench.server.input();
      const session = await bench.open({ input: { ...input, options: { ...input.options, idleTimeoutSeconds: 1 } } });
      const slow = async function* () {
        yield Buffer.from('1\n');
        await pause(1500);
        yield Buffer.from('2\n');
      };
      expect(await session.copy?.(table, ['id'], slow())).toBe(2);
    });

    it('is done as a whole or not at all', async () => {
      const table = await bench.table(TABLE);
      const session = await bench.open();
      const good = Buffer.from(Array.from({ length: 50_000 }, (_, i) => `${i},x,y\n`).join(''));
      const cases = [
        ['7,S3cretValue,y\n', 'constraint'],
        ['S3cretValue,x,y\n', 'value'],
        [`50001,${'S3cretValue'.repeat(30)},y\n`, 'value'],
        ['50001,S3cretValue\n', 'value'],
      ] as const;
      for (const [line, problem] of cases) {
        const error = await errorOf(
          session.copy?.(table, ['id', 'v', 'w'], [good, Buffer.from(line), good]) ?? Promise.resolve(),
        );
        expect(error).toMatchObject({ problem, written: 0 });
        expect(allTextOf(error)).not.toContain('S3cretValue');
        expect(await session.count(table)).toBe(0);
      }
      const source = function* () {
        yield good;
        throw new TypeError('the source ran dry');
      };
      expect(await errorOf(session.copy?.(table, ['id', 'v', 'w'], source()) ?? Promise.resolve())).toBeInstanceOf(
        TypeError,
      );
      expect(await session.count(table)).toBe(0);
      const stop = new AbortController();
      let chunks = 0;
      const stopped = function* () {
        for (const chunk of endless()) {
          if (++chunks === 50) stop.abort(new Error('enough'));
          yield chunk;
        }
      };
      const copy = session.copy?.(table, ['id', 'v', 'w'], stopped(), { signal: stop.signal });
      expect((await errorOf(copy ?? Promise.resolve())).message).toBe('enough');
      expect(await bench.server.count(table)).toBe(0);
      expect(await session.copy?.(table, ['id', 'v', 'w'], [good])).toBe(50_000);
    });

    it('leaves nothing when the connection breaks, and says so', async () => {
      const table = await bench.table(TABLE);
      const proxy = await startFaultProxy(bench.server);
      const session = await bench.open({ input: bench.server.input({ host: '127.0.0.1', port: proxy.port }) });
      await session.describe(table);
      let left = 20;
      proxy.onClient = () => (left-- > 0 ? 'pass' : 'cut');
      const error = await errorOf(session.copy?.(table, ['id', 'v', 'w'], endless()) ?? Promise.resolve());
      expect(error).toMatchObject({ problem: 'broken', written: 0 });
      expect(await bench.server.count(table)).toBe(0);
      await proxy.stop();
    });
  });
}
