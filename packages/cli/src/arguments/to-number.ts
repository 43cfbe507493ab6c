/** The number a flag's text spells (`1000`, `1e6`, `-1`); what is none stays a text, so that a message can show it. */
export function toNumber(text: string): number | string {
  return /^[+-]?\d+(?:\.\d+)?(?:e\+?\d+)?$/i.test(text) ? Number(text) : text;
}
