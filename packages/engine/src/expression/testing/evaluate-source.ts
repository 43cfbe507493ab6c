import { ExpressionError } from '../errors.ts';
import { parseExpression } from '../expression.ts';
import type { Scope } from '../run.ts';

/** The value of a source; `error <code>` where it is refused (the first diagnostic) or fails. Any other exception passes. */
export function evaluateSource(source: string, scope: Scope = {}): unknown {
  const parsed = parseExpression(source);
  if (!parsed.ok) return `error ${parsed.diagnostics[0]?.code}`;
  try {
    return parsed.value.evaluate(scope);
  } catch (error) {
    if (error instanceof ExpressionError) return `error ${error.code}`;
    throw error;
  }
}
