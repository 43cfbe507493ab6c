import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Db2Client, Db2Driver, Db2Parameter } from '../driver.ts';

export interface Call {
  readonly text: string;
  readonly parameters: readonly Db2Parameter[];
}

export interface FakeAnswer {
  readonly names?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  readonly affected?: number;
}

/**
 * The driver without IBM's part of it: it connects to the port that it is told and says what it was told to open; statements it keeps, and answers as a test says.
 * What Db2 makes of them is not shown by it.
 */
export function fakeDriver(answer: (call: Call) => FakeAnswer | Error): {
  driver: Db2Driver;
  opened: string[];
  calls: Call[];
  deeds: string[];
} {
  const [opened, calls, deeds]: [string[], Call[], string[]] = [[], [], []];
  const answered = (text: string, parameters: readonly Db2Parameter[]): FakeAnswer => {
    calls.push({ text, parameters });
    deeds.push(text);
    const said = answer({ text, parameters });
    if (said instanceof Error) throw said;
    return said;
  };
  const deed = (name: string) => async () => void deeds.push(name);
  const clientOn = (socket: Socket): Db2Client => ({
    prepare: async (text) => ({
      executeNonQuery: async (parameters) => answered(text, parameters).affected ?? 0,
      execute: async (parameters) => {
        const { names = [], rows = [] } = answered(text, parameters);
        let at = 0;
        return {
          fetchN: async (count) => {
            at += count;
            return rows.slice(at - count, at);
          },
          getColumnNamesSync: () => names,
          close: async () => undefined,
        };
      },
      close: async () => undefined,
    }),
    beginTransaction: deed('begin'),
    commitTransaction: deed('commit'),
    rollbackTransaction: deed('rollback'),
    close: async () => void socket.destroy(),
  });
  const driver: Db2Driver = {
    open: async (text) => {
      opened.push(text);
      const port = Number(/PORT=(\d+)/.exec(text)?.[1]);
      const socket = connect(port, '127.0.0.1').on('error', () => undefined);
      socket.write('hello');
      const [data] = await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => [undefined])]);
      if (String(data) === 'hello') return clientOn(socket);
      const message = '[IBM][CLI Driver] SQL30081N  A communication error has been detected.  SQLSTATE=08001\n';
      throw Object.assign(new Error(message), { error: '[ibm_db] SQL_ERROR', sqlcode: -30081, sqlstate: '08001' });
    },
  };
  return { driver, opened, calls, deeds };
}
