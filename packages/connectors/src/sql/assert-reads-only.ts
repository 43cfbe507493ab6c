import { ConnectionError } from '../connection-error.ts';
import { type LexicalRules, readsOnly } from './reads-only.ts';

/**
 * For systems that have no transactions of readers: a statement is read here before it is sent.
 * @throws ConnectionError read_only, when it may do more than read
 */
export function assertReadsOnly(statement: string, rules: LexicalRules): void {
  if (readsOnly(statement, rules)) return;
  const quotes = rules.brackets === true ? 'square brackets' : 'double quotes';
  throw new ConnectionError('read_only', 'this connection is for reading only: it takes a single SELECT', {
    hint: `names that are words of SQL stand in ${quotes}`,
  });
}
