import { expect, it } from 'vitest';
import { madeThings } from './made-things.ts';
import { readSaid, readWords } from './read-said.ts';
import { showJson } from './show-json.ts';

it('finds code, lists and paragraphs, also where a block has not ended yet', () => {
  expect(readSaid('One\ntwo\n\n- a\n- b\n```json\n{"a": 1}\n- c\n```\n1. d\n```\nopen')).toEqual([
    { kind: 'paragraph', text: 'One\ntwo' },
    { kind: 'list', items: ['a', 'b'] },
    { kind: 'code', text: '{"a": 1}\n- c' },
    { kind: 'list', items: ['d'] },
    { kind: 'code', text: 'open' },
  ]);
  expect(readSaid('')).toEqual([]);
});

it('loses no word of a line, and makes nothing of links, images and markup', () => {
  expect(readWords('a **b** `c` ****')).toEqual([
    { text: 'a ', look: 'plain' },
    { text: 'b', look: 'strong' },
    { text: ' ', look: 'plain' },
    { text: 'c', look: 'code' },
    { text: ' ****', look: 'plain' },
  ]);
  const hostile = '![x](https://evil.example/?q=1) [y](javascript:1) <img src=x onerror=1>';
  expect(readWords(hostile)).toEqual([{ text: hostile, look: 'plain' }]);
});

it('shows characters that would not be seen', () => {
  const shown = showJson({ url: 'https://a\u202egro\u200b' });
  expect(shown).toContain('https://a\\u202egro\\u200b');
  expect(JSON.parse(shown)).toEqual({ url: 'https://a\u202egro\u200b' });
});

it('leads to what a result names, and not to what its rows hold', () => {
  const id = (prefix: string): string => `${prefix}_${'0123456789abcdefghjk'}`;
  expect(
    madeThings({
      run_id: id('run'),
      rows: [{ id: id('tmpl') }],
      templates: [{ id: id('tmpl'), note: `see ${id('scn')}` }],
    }),
  ).toEqual([
    { id: id('run'), kind: 'Run' },
    { id: id('tmpl'), kind: 'Template' },
  ]);
});
