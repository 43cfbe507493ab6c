import { expect, it } from 'vitest';
import { reasonOf } from './reason-of.ts';

it.each([
  [
    'Traceback (most recent call last):\n  File "/scenario/main.py", line 1, in <module>\n    f()\nValueError: x\n',
    'ValueError: x',
  ],
  [
    'Traceback (most recent call last):\n  File "a", line 1\n    \x1b[31mf\x1b[0m()\nmy.Error: x\nsecond line\n',
    'my.Error: x',
  ],
  [
    '  File "/scenario/main.py", line 1\n    print(\n         ^\nSyntaxError: \'(\' was never closed\n',
    "SyntaxError: '(' was never closed",
  ],
  [
    'Traceback (most recent call last):\n  File "a", line 1\nKeyError: 1\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "a", line 2\nKeyboardInterrupt\n',
    'KeyboardInterrupt',
  ],
  ['just a warning\n', undefined],
  ['', undefined],
])('finds why a script has failed in %j', (errors, reason) => {
  expect(reasonOf(errors)).toBe(reason);
});
