import { parseArgs } from 'node:util';

export interface Options {
  /** Files to score together; none means the project's own. */
  readonly files: readonly string[];
  /** Each column that is wrong, with its first values. */
  readonly misses: boolean;
  /** All figures and misses as one JSON document instead of tables. */
  readonly json: boolean;
}

const HELP = `usage: npm run bench:infer -- [options] [file.jsonl…]

Infers templates from the column names of real tables, generates rows of them, and scores whether the values look like
what each column was labelled with. Without a file: test/inference/columns.jsonl.

  --misses   each column that is wrong, with its first values
  --json     figures and misses as one JSON document`;

/** The options of the command line; prints help, and ends, when that is asked for or something is not understood. */
export function readOptions(): Options {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        misses: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!values.help) return { files: positionals, misses: values.misses, json: values.json };
    console.log(HELP);
    process.exit(0);
  } catch (error) {
    console.error(`error: ${(error as Error).message}\n\n${HELP}`);
    process.exit(2);
  }
}
