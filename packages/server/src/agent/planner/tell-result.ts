import type { ModelResult } from '../../model/chat-model.ts';

const MOST = 4000;

interface Shown {
  readonly data?: unknown;
  readonly error?: { readonly message?: string; readonly hint?: string };
  readonly truncated?: boolean;
}

/** What a tool gave. */
export const dataOf = ({ text }: ModelResult): unknown => (JSON.parse(text) as Shown).data;

/** What came of a call, in words and as it is. */
export function tellResult({ name, text, isError }: ModelResult): string {
  const { data, error, truncated } = JSON.parse(text) as Shown;
  if (isError) {
    const hint = error?.hint === undefined ? '' : ` ${error.hint}.`;
    return `${name} was not done: ${error?.message ?? 'it failed'}.${hint}`;
  }
  const shown = typeof data === 'string' ? data : JSON.stringify(data, null, 2);
  const cut = shown.length > MOST || truncated === true ? '\n…' : '';
  return `${name} gave:\n\n\`\`\`json\n${shown.slice(0, MOST)}${cut}\n\`\`\``;
}
