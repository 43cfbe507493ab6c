import { describe, expect, it } from 'vitest';
import { generateRows } from '../rows/generate-rows.ts';
import { planOf, textOf } from '../types/testing/compiled.ts';
import { parseLine } from './custom-line.ts';

const plan = () =>
  planOf([
    { name: 'id', type: 'sequence' },
    { name: 'first name', type: 'enum', options: { values: ['<A>', "B's", null] } },
    { name: 'label', type: 'derived', options: { expression: '{{id}}!' } },
    { name: 'unused', type: 'derived', options: { expression: '{{id}}?' } },
  ]);

describe('a custom line', () => {
  it('has the fields it names, in its order, as often as it names them', async () => {
    const made = await plan();
    const line = '{{label}}|{{ first name }}|{{id}}/{{id}}\\t\\{{x}}\n';
    const options = { head: 'HEAD\\n', tail: 'TAIL\\\\', separator: '--\\n', null: 'NIL' };
    const expected = generateRows(made, 0, 9).map(
      ({ id, label, 'first name': name }) => `${label}|${name ?? 'NIL'}|${id}/${id}\t{{x}}\n`,
    );
    expect(textOf(made, { format: 'custom', line, ...options }, 0, 9)).toBe(`HEAD\n${expected.join('--\n')}TAIL\\`);
  });

  it.each([
    ['plain', ['1:<A>', "1:B's", '1:']],
    ['json', ['1:"<A>"', '1:"B\'s"', '1:null']],
    ['csv', ['1:<A>', "1:B's", '1:']],
    ['sql', ["1:'<A>'", "1:'B''s'", '1:NULL']],
    ['xml', ['1:&lt;A&gt;', "1:B's", '1:']],
  ] as const)('writes values as in %s', async (values, cells) => {
    const text = textOf(await plan(), { format: 'custom', line: '1:{{first name}}\n', values }, 0, 40);
    expect(new Set(text.trimEnd().split('\n'))).toEqual(new Set(cells));
  });

  it('may have no field at all', async () => {
    expect(textOf(await plan(), { format: 'custom', line: 'x' }, 0, 3)).toBe('xxx');
  });

  it.each([
    ['{{a}}', [{ field: 'a' }]],
    ['{a}', [{ text: '{a}' }]],
    ['a\\', [{ text: 'a\\' }]],
    ['\\\\{{a}}', [{ text: '\\' }, { field: 'a' }]],
    ['{{a}}}', [{ field: 'a' }, { text: '}' }]],
    ['{{a', undefined],
    ['{{ }}', undefined],
  ])('is split: %j', (line, parts) => expect(parseLine(line)).toEqual(parts));
});
