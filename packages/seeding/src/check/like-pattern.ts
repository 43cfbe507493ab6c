/** A regular expression for what LIKE matches. `%` stands for letters, as many as there is room for. */
export function likePattern(like: string): string {
  let pattern = '';
  for (let i = 0; i < like.length; i++) {
    let character = like[i] as string;
    if (character === '%') pattern += '[a-z]*';
    else if (character === '_') pattern += '[a-z]';
    else {
      if (character === '\\' && i + 1 < like.length) character = like[++i] as string;
      pattern += /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
    }
  }
  return `^${pattern}$`;
}
