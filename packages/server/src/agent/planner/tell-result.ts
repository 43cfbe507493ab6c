import type { ModelResult } from '../../model/chat-model.ts';

const MOST = 4000;

interface Shown {
  readonly data?: unknown;
  readonly error?: { readonly code?: string; readonly message?: string; readonly hint?: string };
  readonly truncated?: boolean;
}

/** What was not let through: the hints of these say what a model shall do next, and not what a person may. */
const HELD_BACK = new Set(['tool_off', 'not_in_this_mode', 'not_permitted', 'same_again', 'approval_void']);

/** What a tool gave. */
export const dataOf = ({ text }: ModelResult): unknown => (JSON.parse(text) as Shown).data;

/** What came of a call, in words and as it is. */
export function tellResult({ name, text, isError }: ModelResult): string {
  const { data, error, truncated } = JSON.parse(text) as Shown;
  if (isError) {
    if (error?.code === 'not_approved') return `${name} was not done, as you said.`;
    const hint = error?.hint === undefined || HELD_BACK.has(error.code ?? '') ? '' : ` ${error.hint}.`;
    return `${name} was not done: ${error?.message ?? 'it failed'}.${hint}`;
  }
  const shown = typeof data === 'string' ? data : JSON.stringify(data, null, 2);
  const cut = shown.length > MOST || truncated === true ? '\n…' : '';
  return `${name} gave:\n\n\`\`\`json\n${shown.slice(0, MOST)}${cut}\n\`\`\``;
}
