import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const page = read('docs/explanation/sandbox.md');
const source = read('packages/server/src/runner/sandbox/sandbox.ts');

it('explains every code and every outcome of the sandbox', () => {
  const codes = [...source.matchAll(/'(sandbox_\w+)'/g)].map(([, code]) => code);
  const outcomes = /SandboxOutcome =([^;]+);/.exec(source)?.[1]?.match(/\w+(?=')/g) ?? [];
  expect(codes.length).toBeGreaterThan(6);
  expect(outcomes.length).toBe(6);
  // Who cancels knows what it means.
  for (const word of [...codes, ...outcomes].filter((one) => one !== 'cancelled'))
    expect(page).toContain(`\`${word}\``);
});
