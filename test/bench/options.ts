import { parseArgs } from 'node:util';

export interface Options {
  /** Fewer rows and one round: to see that everything runs. */
  readonly quick: boolean;
  /** Peers to measure; all when undefined. */
  readonly only: readonly string[] | undefined;
  /** Also 100 million rows to a null device and 20 million to a file. */
  readonly long: boolean;
  /** Ends with 1 when a target is missed. */
  readonly check: boolean;
  readonly rounds: number;
  /** Rows of the longest job; undefined: as many as suit. */
  readonly rows: number | undefined;
}

const HELP = `usage: npm run bench -- [options]

  --quick        a tenth of the rows and one round
  --only a,b     only these: datamaker, c, seedfaker, duckdb, faker, mimesis, python-faker (the peers),
                 http, datagen, command-line, types, formats, platform, connections,
                 seeding, sandbox, sdk, mcp, chat, workers, jobs, queue, web (the other figures)
  --rows n       rows of the figure jobs, default 1e9, with --quick 4e7; a twentieth of them is kept
  --rounds n     rounds of the comparison, default 3
  --long         also 100 million rows to a null device and 20 million to a file
  --check        exit code 1 when a target is missed`;

/** The options of the command line; prints help, and ends, when that is asked for or something is not understood. */
export function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        long: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        rounds: { type: 'string' },
        rows: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1');
    const rows = values.rows === undefined ? undefined : Number(values.rows);
    if (rows !== undefined && (!Number.isInteger(rows) || rows < 1)) throw new Error('--rows takes a number from 1');
    if (!values.help) return { ...values, only: values.only?.split(','), rounds, rows };
    console.log(HELP);
    process.exit(0);
  } catch (error) {
    console.error(`error: ${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}

/** Whether a peer or a figure is to be measured. */
export const wanted = (options: Options, name: string): boolean => options.only?.includes(name) ?? true;
