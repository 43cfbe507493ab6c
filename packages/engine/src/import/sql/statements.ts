import { tooLarge } from '../import-refused.ts';
import { type SqlToken, tokenizeSql } from './tokenize.ts';

/** A statement of a script; of those that describe no table only the beginning is kept. */
export interface SqlStatement {
  readonly tokens: readonly SqlToken[];
  readonly line: number;
}

const DESCRIBING = new Set(['CREATE', 'ALTER', 'COMMENT', 'EXEC', 'EXECUTE']);
/** TABLE stands among the first words of a statement about one. */
const NEAR = 6;
/** Tokens kept of a statement that describes nothing, for its notice. */
const BEGINNING = 4;
/** Tokens of one statement. A table of a thousand columns has some ten thousand. */
const MAX_TOKENS = 400_000;

/**
 * The statements of a script. They end at semicolons, at `GO` and `/` on a line of their own, and where a new CREATE or ALTER
 * begins a line after a table (SQL Server does without separators).
 */
export function* splitStatements(source: string): Generator<SqlStatement, void> {
  let tokens: SqlToken[] = [];
  let depth = 0;
  let isTable = false;
  const flush = (): SqlStatement | undefined => {
    const [first] = tokens;
    const statement = first === undefined ? undefined : { tokens, line: first.line };
    tokens = [];
    depth = 0;
    isTable = false;
    return statement;
  };
  for (const token of tokenizeSql(source)) {
    const { text, upper } = token;
    if (tokens.length <= NEAR && tokens.at(-1)?.upper === 'TABLE') isTable = true;
    const ends = token.kind === 'symbol' && text === ';' && (depth <= 0 || !isTable);
    const separates = token.first && (upper === 'GO' || (text === '/' && token.kind === 'symbol'));
    const begins =
      token.first &&
      depth <= 0 &&
      isTable &&
      (upper === 'CREATE' || (upper === 'ALTER' && tokens[0]?.upper === 'CREATE'));
    if (ends || separates || begins) {
      const statement = flush();
      if (statement !== undefined) yield statement;
      if (!begins) continue;
    }
    if (token.kind === 'symbol' && text === '(') depth++;
    else if (token.kind === 'symbol' && text === ')') depth--;
    const keep = tokens.length < BEGINNING || DESCRIBING.has(tokens[0]?.upper ?? '');
    if (keep) tokens.push(token);
    if (tokens.length > MAX_TOKENS)
      throw tooLarge(`the statement from line ${tokens[0]?.line} on has more than ${MAX_TOKENS} words`);
  }
  const last = flush();
  if (last !== undefined) yield last;
}
