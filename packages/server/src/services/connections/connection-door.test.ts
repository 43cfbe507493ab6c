import type { Connector, OpenOptions, Session } from '@datamaker/connectors';
import { describe, expect, it } from 'vitest';
import type { StoredConnection } from '../../store/connections.ts';
import { ConnectionDoor } from './connection-door.ts';
import { OpenSessions } from './open-sessions.ts';

describe('the door to systems', () => {
  /** What the connector was asked for, and whether its session was closed. */
  const use = async (of: { readonly read_only: boolean }, writes?: boolean) => {
    const asked: OpenOptions[] = [];
    let closed = 0;
    const session = { close: async () => void closed++ } as unknown as Session;
    const open = async (_config: unknown, options: OpenOptions): Promise<Session> => {
      asked.push(options);
      return session;
    };
    const places = { load: async () => ({ open }) as unknown as Connector, sessions: new OpenSessions() };
    const door = new ConnectionDoor({ ...places, dialer: {} as never }, {} as never, {} as never);
    const connection = {
      workspace_id: 'ws',
      project_id: 'proj',
      type: 'postgres',
      config: { url: '' },
      ...of,
    } as StoredConnection;
    const about = { timeoutMs: 60_000, signal: new AbortController().signal, secrets: {} };
    await door.use(connection, { ...about, ...(writes === undefined ? {} : { writes }) }, async () => undefined);
    return { readOnly: asked.map(({ readOnly }) => readOnly), closed };
  };

  it.each([
    [false, true, false],
    [false, false, true],
    [false, undefined, true],
    [true, true, true],
    [true, undefined, true],
  ])('tells a system what it may do: read_only %s, writes %s', async (read_only, writes, readOnly) => {
    expect(await use({ read_only }, writes)).toEqual({ readOnly: [readOnly], closed: 1 });
  });
});
