import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Dialer } from '../../dial/dialer.ts';
import { OutboundPolicy } from '../../dial/outbound-policy.ts';
import { allTextOf, errorOf, type Workbench } from './workbench.ts';

/** Parsing, signing in, and what is said when that fails. */
export function signingIn(bench: Workbench): void {
  const { connector, limits = {} } = bench.subject;

  describe('signing in', () => {
    it('keeps no secret in what may be shown, and connects with what it has kept', async () => {
      const parsed = connector.parse(bench.server.input());
      expect(JSON.stringify(parsed.config)).not.toContain(JSON.stringify(bench.server.password).slice(1, -1));
      expect(JSON.stringify(parsed.config)).not.toContain(encodeURIComponent(bench.server.password));
      expect(Object.values(parsed.secrets)).toContain(bench.server.password);
      expect(connector.parse(parsed.config).config).toEqual(parsed.config);
      const session = await bench.open();
      const { product, version } = await session.verify();
      expect(product).not.toBe('');
      expect(version).toMatch(bench.can('version') ? /\d/ : /^$/);
    });

    it('takes user and password from auth as well', async () => {
      const { config, secrets } = connector.parse(bench.server.input());
      const input = { ...config, auth: { ...config.auth, ...secrets } };
      expect(connector.parse(input)).toEqual({ config, secrets });
    });

    it('refuses what it does not know, by name', async () => {
      const input = bench.server.input();
      for (const options of [{ surprise: 1 }, { tls: { mode: 'require', key: '/etc/passwd' } }]) {
        const error = await errorOf(
          (async () => connector.parse({ ...input, options: { ...input.options, ...options } }))(),
        );
        expect(error).toMatchObject({ problem: 'invalid_config', message: expect.stringMatching(/surprise|key/) });
        expect(allTextOf(error)).not.toContain(bench.server.password);
      }
      const asking = `${input.url}${input.url.includes('?') ? '&' : '?'}surprise=1`;
      for (const url of ['', 'x', 'http://[', ...(limits.takesParameters === true ? [] : [asking])]) {
        expect(await errorOf((async () => connector.parse({ ...input, url }))())).toMatchObject({
          problem: 'invalid_config',
        });
      }
    });

    it('says what is wrong, and never a secret', async () => {
      const wrong = 'wr0ng-S3CRET-ä';
      const busy = createServer();
      await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
      const { port: free } = busy.address() as { port: number };
      await new Promise((resolve) => busy.close(resolve));
      const cases = [
        [{ password: wrong }, 'auth'],
        [{ port: free }, 'refused'],
        [{ host: 'no-such-host.invalid' }, 'dns'],
        ...(bench.can('databases') ? [[{ database: 'nothing_of_that_name' }, 'database'] as const] : []),
      ] as const;
      for (const [change, problem] of cases) {
        const error = await errorOf(
          bench.open({ input: bench.server.input(change) }).then((session) => session.verify()),
        );
        expect(error, JSON.stringify(change)).toMatchObject({ problem });
        expect(allTextOf(error)).not.toContain(bench.server.password);
        expect(allTextOf(error)).not.toContain(wrong);
      }
    });

    it('goes nowhere that the operator has not opened', async () => {
      const dialer = new Dialer(new OutboundPolicy());
      const opened = bench.open({ dialer }).then((session) => session.verify());
      expect(await errorOf(opened)).toMatchObject({ problem: 'target_not_allowed' });
    });

    it('gives up on what takes a connection and says nothing, breaks it, or speaks of something else', async () => {
      const sockets = new Set<Socket>();
      const answers: Readonly<Record<string, (socket: Socket) => void>> = {
        timeout: () => undefined,
        'broken refused protocol tls timeout': (socket) => void socket.destroy(),
        'protocol broken timeout tls': (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      };
      for (const [problems, answer] of Object.entries(answers)) {
        const server = createServer((socket) => {
          sockets.add(socket.on('error', () => undefined));
          answer(socket);
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address() as { port: number };
        const opened = bench.open({ input: bench.server.input({ port }), timeoutMs: 500 });
        const error = await errorOf(opened.then((session) => session.verify()));
        expect(problems.split(' ')).toContain(error.problem);
        expect(allTextOf(error)).not.toContain(bench.server.password);
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
      }
    });

    it('stops connecting when it is told to', async () => {
      const server = createServer((socket) => void socket.on('error', () => undefined));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      const stop = new AbortController();
      server.once('connection', (socket) => {
        stop.abort(new Error('enough'));
        socket.once('close', () => server.close());
      });
      const opened = bench.open({ input: bench.server.input({ port }), signal: stop.signal });
      expect((await errorOf(opened.then((session) => session.verify()))).message).toBe('enough');
    });
  });
}
