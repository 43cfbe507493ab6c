import { describe, expect, it } from 'vitest';
import { readCode } from './read-code.ts';
import { isRequirement } from './requirement.ts';

const said = async (code: string) =>
  (await readCode(code)).diagnostics.map(({ code: what, message }) => [what, message]);

describe('code', () => {
  it.each([
    ['x = 1\n', []],
    ['x = (\n', [['syntax_error', "line 1, column 5: '(' was never closed"]]],
    [
      'def f():\nreturn 1\n',
      [['syntax_error', 'line 2, column 1: expected an indented block after function definition on line 1']],
    ],
    ['ä = "é" +\n', [['syntax_error', 'line 1, column 10: invalid syntax']]],
    [`x = ${'-'.repeat(100_000)}1\n`, [['syntax_error', 'the code is too deeply nested']]],
  ])('is read, and not executed: %#', async (code, diagnostics) => {
    expect(await said(code)).toEqual(diagnostics);
  });

  it('that would do something when it is read does nothing', async () => {
    const code = 'import os\nos._exit(3)\n@print\ndef f(a=os._exit(4)): pass\n';
    expect((await readCode(code)).needs.problem).toBeNull();
  });

  it('says what it needs, in a comment or as PEP 723 has it', async () => {
    const code = [
      '#!/usr/bin/env python3',
      '# requirements: arrow~=1.3, polars>=0.20,<2, requests[socks,use_chardet_on_py3]==2.*',
      '# /// script',
      '# requires-python = ">=3.11"',
      '# dependencies = [',
      '#   "rich",',
      '#   "arrow~=1.3",',
      '# ]',
      '# ///',
      'import arrow',
      '# requirements: late',
    ].join('\n');
    const { needs, diagnostics } = await readCode(code);
    expect(diagnostics).toEqual([]);
    expect(needs).toMatchObject({
      requirements: ['arrow~=1.3', 'polars>=0.20,<2', 'requests[socks,use_chardet_on_py3]==2.*', 'rich'],
      requiresPython: '>=3.11',
      problem: null,
    });
    expect(needs.readBy).toMatch(/^3\.\d+\.\d+$/);
  });

  it.each([
    [
      '# requirements: -r other.txt\n',
      'invalid_requirement',
      'line 1: "-r other.txt" is no package with versions, such as "arrow~=1.3"',
    ],
    [
      '# requirements: a @ file:///etc/passwd\n',
      'invalid_requirement',
      'line 1: "a @ file:///etc/passwd" is no package with versions, such as "arrow~=1.3"',
    ],
    ['\n# /// script\n# dependencies = 1\n# ///\n', 'invalid_metadata', 'line 2: dependencies must be a list of texts'],
    [
      '# /// script\n# requires-python = "three"\n# ///\n',
      'invalid_metadata',
      'line 1: requires-python must be versions, such as ">=3.11"',
    ],
  ])('says what is wrong with what it needs: %j', async (code, what, message) => {
    expect(await said(code)).toEqual([[what, message]]);
  });

  it.each([
    'a',
    'A-b_c.d',
    'a==1',
    'a>=1,<2',
    'a ~= 1.4.2',
    'a[b, c]',
    'a (>=1)',
    'a==1.*',
    'a; python_version<"3.12"',
    'a>=1 ; (sys_platform == "linux-x" or os_name not in "nt") and python_version >= "3.10"',
  ])('%s is a package', (text) => expect(isRequirement(text)).toBe(true));
  it.each([
    '',
    '-a',
    'a b',
    'a=1',
    'https://example.org/a.whl',
    './a',
    'a==',
    'a[',
    'a @ https://x',
    '--index-url x',
    'a; os_name == "x" --index-url=http://x',
    'a; -r x',
    'a; os_name == "${' + 'HOME}"',
    'a\n==1',
    'a==1\n-r x',
    'a; os_name\n-r x',
  ])('%j is none', (text) => expect(isRequirement(text)).toBe(false));
});
