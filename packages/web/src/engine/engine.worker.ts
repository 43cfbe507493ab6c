/** The engine in a worker: pages stay quick whatever a template costs, and no row is asked of the server. */
import {
  commonOptionInfos,
  compileTemplate,
  FORMATS,
  fieldTypes,
  formatOptionInfos,
  generateBytes,
  localeCodes,
  type Plan,
  parseTemplate,
  profilePlan,
  type Result,
  type Template,
} from '@datamaker/engine';
import type { Call, EngineCalls, Reply, RowsText, Source } from './protocol.ts';

/** The last plan: scrolling asks for other rows of the same one. */
let kept: { readonly key: string; readonly made: Promise<Result<{ template: Template; plan: Plan }>> } | undefined;

function planOf(source: Source): Promise<Result<{ template: Template; plan: Plan }>> {
  const key = JSON.stringify(source);
  if (kept?.key !== key) kept = { key, made: makePlan(source) };
  return kept.made;
}

async function makePlan({ template, templates, seed }: Source): Promise<Result<{ template: Template; plan: Plan }>> {
  const parsed = parseTemplate(template, { templates: new Map(Object.entries(templates)) });
  if (!parsed.ok) return parsed;
  const plan = await compileTemplate(parsed.value, { seed });
  return plan.ok ? { ok: true, value: { template: parsed.value, plan: plan.value } } : plan;
}

/** The last rows: the page asks for the first ones of a template again that were asked for while it was drawn. */
let keptRows: { readonly of: object; readonly range: string; readonly made: Promise<RowsText> } | undefined;

async function makeRows(made: Promise<Result<{ plan: Plan }>>, from: number, to: number): Promise<RowsText> {
  const began = performance.now();
  const compiled = await made;
  if (!compiled.ok) return compiled;
  const { plan } = compiled.value;
  const { capacity } = plan;
  const last = Math.min(to, capacity);
  if (from >= last) return { ok: true, text: '[\n]\n', ms: performance.now() - began, capacity };
  try {
    const decoder = new TextDecoder();
    let text = '';
    for (const chunk of generateBytes(plan, { format: 'json' }, from, last))
      text += decoder.decode(chunk, { stream: true });
    return { ok: true, text, ms: performance.now() - began, capacity };
  } catch (error) {
    return failed(error);
  }
}

/** What stops in the middle of rows, such as an expression that meets a value it cannot work with. */
const failed = (error: unknown) => ({
  ok: false as const,
  diagnostics: [
    {
      code: (error as { code?: string }).code ?? 'not_made',
      pointer: (error as { pointer?: string }).pointer ?? '/fields',
      message: error instanceof Error ? error.message : String(error),
    },
  ],
});

const calls: EngineCalls = {
  catalogue: () => ({
    types: fieldTypes(),
    common: commonOptionInfos(),
    locales: localeCodes(),
    formats: FORMATS,
    formatOptions: formatOptionInfos(),
  }),
  // What names mean is as much to read as all the rest, and few pages ask for it.
  infer: async (names) => (await import('@datamaker/engine/infer')).inferTemplate(names),
  rows: (source, from, to) => {
    const made = planOf(source);
    const range = `${from} ${to}`;
    if (keptRows?.of !== made || keptRows.range !== range)
      keptRows = { of: made, range, made: makeRows(made, from, to) };
    return keptRows.made;
  },
  profile: async (source, rows) => {
    const made = await planOf(source);
    if (!made.ok) return made;
    const { plan, template } = made.value;
    try {
      return { ok: true, profile: await profilePlan(plan, template, Math.min(rows, plan.capacity)) };
    } catch (error) {
      return failed(error);
    }
  },
};

self.addEventListener('message', async ({ data }: MessageEvent<Call>) => {
  const { id, name, args } = data;
  const reply = (rest: Omit<Reply, 'id'>): void => self.postMessage({ id, ...rest } satisfies Reply);
  try {
    reply({ value: await (calls[name] as (...args: readonly unknown[]) => unknown)(...args) });
  } catch (error) {
    reply({ error: error instanceof Error ? error.message : String(error) });
  }
});
