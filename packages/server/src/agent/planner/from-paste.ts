/** What begins a schema or a sample, wherever it stands. */
const BEGINNINGS = [/CREATE\s+TABLE\b/i, /<\?xml|<edmx:Edmx/i, /^\s*[[{]/m];
const ASKED =
  /^(?:please )?(?:make|create|generate|build|derive) (?:a |some )?templates? (?:from|of|for|out of) (?:this|the following|these)[^\n:]{0,60}:?\s*/i;
const FENCE = /^```\w*\n([\s\S]*?)\n?```\s*$/;

/** A schema or a sample that stands in a message, with or without words before it; undefined: there is none. */
export function fromPaste(text: string): string | undefined {
  const asked = ASKED.exec(text.trimStart());
  if (asked !== null) {
    const rest = text.trimStart().slice(asked[0].length).trim();
    return rest === '' ? undefined : (FENCE.exec(rest)?.[1] ?? rest);
  }
  for (const beginning of BEGINNINGS) {
    const found = beginning.exec(text);
    // A few words before it may say what it is; more of them want more than that.
    if (found !== null && found.index < 200 && /template|^$/i.test(text.slice(0, found.index).trim())) {
      return text
        .slice(found.index)
        .replace(/```\s*$/, '')
        .trim();
    }
  }
  return undefined;
}
