const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?/;
/** PEP 440, with `===` for what is none. */
const VERSION = String.raw`\s*(?:===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9](?:[A-Za-z0-9.!+_-]*(?:\.\*)?)?\s*`;
/** PEP 508. No word of it begins with a dash, as options of pip and uv do, and none names a variable that they would put in. */
const MARKER = String.raw`(?:[\w.,<>=!~()*+"']|[ \t](?!-)|(?<=[\w.])-)+`;
const REST = new RegExp(
  String.raw`^\s*(?:\[\s*(?:[A-Za-z0-9._-]+\s*(?:,\s*[A-Za-z0-9._-]+\s*)*)?\])?\s*(?:\(\s*${VERSION}(?:,${VERSION})*\)|${VERSION}(?:,${VERSION})*)?\s*(?:;\s*(${MARKER}))?$`,
);
const LONGEST = 300;

/**
 * Whether a text names a package and its versions, as PEP 508 has it. Addresses and paths are none that a scenario may need: packages come
 * from the index of the installation.
 */
export function isRequirement(text: string): boolean {
  const [name] = NAME.exec(text) ?? [];
  return (
    name !== undefined &&
    text.length <= LONGEST &&
    !/[\0-\x08\n-\x1f\x7f]/.test(text) &&
    REST.test(text.slice(name.length))
  );
}

const LINE = /^#\s*requirements\s*:(.*)$/i;

/** The requirements of comments `# requirements: a~=1.3, b` before the first line of code. */
export function requirementsOfComments(code: string): { readonly text: string; readonly line: number }[] {
  const found: { text: string; line: number }[] = [];
  for (const [index, line] of code.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed !== '' && !trimmed.startsWith('#')) break;
    const [, list] = LINE.exec(trimmed) ?? [];
    for (const text of splitList(list ?? '')) found.push({ text, line: index + 1 });
  }
  return found;
}

/** Commas stand between packages, and also between the versions of one: what begins with an operator belongs to the one before. */
function splitList(list: string): string[] {
  const parts: string[] = [];
  for (const part of list.split(',').map((one) => one.trim())) {
    const last = parts.at(-1);
    const goesOn = /^[=~!<>]/.test(part) || (last !== undefined && count(last, '[') > count(last, ']'));
    if (goesOn && last !== undefined) parts[parts.length - 1] = `${last},${part}`;
    else if (part !== '') parts.push(part);
  }
  return parts;
}

const count = (text: string, what: string): number => text.split(what).length - 1;
