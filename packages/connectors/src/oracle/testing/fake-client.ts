import type { OracleClient } from '../connection.ts';

export interface Call {
  readonly what: 'execute' | 'executeMany' | 'commit' | 'rollback';
  readonly text: string;
  readonly binds: unknown;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface FakeAnswer {
  readonly names?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  readonly rowsAffected?: number;
  readonly outBinds?: readonly (readonly (readonly unknown[])[])[];
  readonly dmlRowCounts?: readonly number[];
}

/** The driver's connection without a server: it keeps what is asked, and answers as a test says. What Oracle makes of it is not shown by it. */
export function fakeClient(answer: (call: Call) => FakeAnswer | Error): { client: OracleClient; calls: Call[] } {
  const calls: Call[] = [];
  const ask = async (call: Call): Promise<unknown> => {
    calls.push(call);
    const said = answer(call);
    if (said instanceof Error) throw said;
    const { names = [], rows = [], ...rest } = said;
    let at = 0;
    const resultSet = {
      getRows: async (count: number) => {
        at += count;
        return rows.slice(at - count, at);
      },
      close: async () => undefined,
    };
    return {
      ...rest,
      metaData: names.map((name) => ({ name })),
      ...(call.options.resultSet === true ? { resultSet } : { rows }),
    };
  };
  const client = {
    execute: (text: string, binds: unknown = [], options = {}) => ask({ what: 'execute', text, binds, options }),
    executeMany: (text: string, binds: unknown, options = {}) => ask({ what: 'executeMany', text, binds, options }),
    commit: () => ask({ what: 'commit', text: '', binds: [], options: {} }),
    rollback: () => ask({ what: 'rollback', text: '', binds: [], options: {} }),
    break: async () => undefined,
    close: async () => undefined,
  };
  return { client: client as unknown as OracleClient, calls };
}
