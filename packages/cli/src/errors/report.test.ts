import { describe, expect, it } from 'vitest';
import { badInput, CommandError } from './command-error.ts';
import { report } from './report.ts';

describe('report', () => {
  it('lists every problem with place, pointer, code and hint', () => {
    const error = badInput('t.json', [
      {
        code: 'unknown_type',
        place: 't.json:3:5',
        pointer: '/fields/0/type',
        message: 'unknown type "uid"',
        hint: 'did you mean uuid?',
      },
      { code: 'invalid_count', place: '--count', message: 'not 0' },
    ]);
    expect(report(error)).toEqual({
      exitCode: 2,
      text: [
        'error: validation_error: t.json has 2 problems',
        '  t.json:3:5 /fields/0/type: unknown type "uid" [unknown_type]',
        '    hint: did you mean uuid?',
        '  --count: not 0 [invalid_count]',
        '',
      ].join('\n'),
    });
  });

  it('spells out control characters, so that a name cannot steer the terminal', () => {
    const { text } = report(new CommandError(2, 'x', 'a\x1b[2Jb\nc\u202ed'));
    expect(text).toBe('error: x: a\\u001b[2Jb\\u000ac\\u202ed\n');
  });

  it('puts errors of the system into words', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      syscall: 'write',
    });
    expect(report(full)).toMatchObject({
      exitCode: 1,
      text: expect.stringMatching(/^error: disk_full: .*no space left on the device\n {2}hint: /),
    });
    const odd = Object.assign(new Error('EWEIRD: odd'), { code: 'EWEIRD', syscall: 'write' });
    expect(report(odd)).toMatchObject({ exitCode: 1, text: 'error: system_error: write: EWEIRD: odd\n' });
  });

  it('shows a stack trace only when asked to', () => {
    const bug = new TypeError('x is not a function');
    expect(report(bug).exitCode).toBe(1);
    expect(report(bug).text).toContain('error: internal_error: x is not a function\n');
    expect(report(bug).text).not.toContain('report.test.ts');
    expect(report(bug, true).text).toContain('report.test.ts');
  });
});
