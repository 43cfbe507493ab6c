import type { ErrorDetail } from '../../errors.ts';

/** Characters that no system, shell or address reads as anything but themselves; signs that steer text are not among them. */
const SEGMENT = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N} _.,+=&'!~#$;()[\]{}^-]*$/u;
const SET = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N} _.-]*$/u;
/** What Windows takes for devices, with any ending: https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i;
/** Alphabets with letters that look alike (Unicode Technical Standard 39, section 5). */
const ALPHABETS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];

export const MAX_SET_NAME = 128;
export const MAX_FILE_NAME = 255;

/** What is wrong with a name of a set; undefined: nothing. */
export const problemOfSetName = (name: string, pointer: string): ErrorDetail | undefined =>
  tooLong(name, MAX_SET_NAME, pointer) ??
  problemOf(name, SET, 'letters, digits, spaces and . _ -, with a letter, a digit or _ first', pointer);

/** What is wrong with a name of a file, whose folders stand before slashes; undefined: nothing. */
export function problemOfFileName(name: string, pointer: string): ErrorDetail | undefined {
  const long = tooLong(name, MAX_FILE_NAME, pointer);
  if (long !== undefined) return long;
  const allowed =
    "letters, digits, spaces and . _ - , + = & ' ! ~ # $ ; ( ) [ ] { } ^, with a letter, a digit or _ first";
  for (const segment of name.split('/')) {
    const problem = problemOf(segment, SEGMENT, `between slashes ${allowed}`, pointer);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function tooLong(name: string, limit: number, pointer: string): ErrorDetail | undefined {
  if (Buffer.byteLength(name) <= limit) return undefined;
  const message = `the name has more than ${limit} bytes in UTF-8`;
  return { code: 'invalid_name', pointer, message, hint: 'shorten it' };
}

function problemOf(text: string, allowed: RegExp, rule: string, pointer: string): ErrorDetail | undefined {
  const wrong = (message: string, hint: string): ErrorDetail => ({ code: 'invalid_name', pointer, message, hint });
  if (text === '') return wrong('the name, or a step of it, is empty', `it has ${rule}`);
  if (text !== text.normalize('NFKC')) {
    return wrong('the name has characters that stand for others', 'write it in Unicode form NFKC');
  }
  if (!allowed.test(text)) return wrong('the name has characters that names cannot have', `it has ${rule}`);
  if (/[ .]$/.test(text)) return wrong('the name, or a step of it, ends in a space or a dot', 'leave that out');
  if (DEVICE.test(text)) return wrong('the name is one that systems keep for devices', 'choose another');
  if ((text.match(/[\p{L}\p{M}]+/gu) ?? []).some((word) => ALPHABETS.filter((one) => one.test(word)).length > 1)) {
    return wrong('the name mixes letters of several alphabets in a word', 'letters that look alike are not the same');
  }
  return undefined;
}
