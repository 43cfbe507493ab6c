import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ExpressionError } from './errors.ts';
import { FUNCTIONS } from './functions/registry.ts';
import * as limits from './limits.ts';
import { evaluateSource } from './testing/evaluate-source.ts';

const page = readFileSync(new URL('../../../../docs/reference/expressions.md', import.meta.url), 'utf8');

/** The contents of the fenced blocks with this info string. */
const blocks = (info: string): string[] =>
  page
    .split(`\n\`\`\`${info}\n`)
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf('\n```')));

const row = JSON.parse(blocks('json row')[0] ?? '');
const examples = blocks('expression')
  .flatMap((block) => block.split('\n'))
  .map((line) => {
    const arrow = line.lastIndexOf(' → ');
    return [line.slice(0, arrow), line.slice(arrow + 3)] as const;
  });

describe('the reference of expressions is true', () => {
  it('has examples', () => {
    expect(examples.length).toBeGreaterThan(100);
  });

  it.each(examples)('%s → %s', (source, expected) => {
    const result = evaluateSource(source, row);
    expect(typeof result === 'string' && result.startsWith('error ') ? result : JSON.stringify(result)).toBe(expected);
  });

  it.each([...FUNCTIONS.values()])('describes $signature', ({ signature, summary, examples: own }) => {
    expect(page).toContain(`| \`${signature}\` | ${summary} |`);
    for (const [source, result] of own) expect(page).toContain(`\n${source} → ${result}\n`);
  });

  it('names the limits', () => {
    const { MAX_SOURCE_LENGTH, MAX_DEPTH, MAX_NODES, DEFAULT_FUEL, MAX_TEXT_LENGTH, STEP_TEXT, MAX_VALUE_DEPTH } =
      limits;
    const section = page.slice(page.indexOf('## Limits'), page.indexOf('## Functions'));
    for (const limit of [
      MAX_SOURCE_LENGTH,
      MAX_DEPTH,
      MAX_NODES,
      DEFAULT_FUEL,
      MAX_TEXT_LENGTH,
      STEP_TEXT,
      MAX_VALUE_DEPTH,
    ]) {
      expect(section).toContain(limit.toLocaleString('en-US'));
    }
  });

  it('lists every code of diagnostics and errors', () => {
    const source = readFileSync(new URL('./errors.ts', import.meta.url), 'utf8');
    const codes = new Set(source.split("'").filter((piece) => piece.startsWith('expression_')));
    expect(codes.size).toBe(13);
    for (const code of codes) expect(page).toContain(`\`${code}\``);
    expect(new ExpressionError('expression_type', 0, 'm', 'h').code).toBe('expression_type');
  });
});
