import type { Statement } from '../sql/statement.ts';
import { PLACE } from './dialect.ts';

/** The statement with its literals in it. */
export const filled = ({ text, parameters }: Statement): string =>
  parameters.length === 0
    ? text
    : text.split(PLACE).reduce((all, part, i) => `${all}${parameters[i - 1] ?? 'NULL'}${part}`);
