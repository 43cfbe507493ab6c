import { CommandError } from '../errors/command-error.ts';
import type { ServerApi } from '../remote/server-api.ts';
import { compileSource, type LoadedPlan, type LoadOptions } from '../template/load-plan.ts';
import { SourceText } from '../template/source-text.ts';

/** Templates that one may nest, through others as well. */
const MOST_NESTED = 100;

/** A template as GET /templates/{ref} answers it. */
interface RemoteTemplate {
  readonly name: string;
  readonly fields: readonly unknown[];
  readonly locale?: string;
  readonly weighting?: string;
}

/** Whether a word is the id of a template of a server, perhaps at a version. */
export const isTemplateId = (word: string): boolean => /^tmpl_[0-9a-z]{4,40}(@v\d{1,9})?$/.test(word);

/** Reads a template of a server, and those that it nests, and compiles it here. @throws CommandError */
export async function loadTemplateOfServer(
  api: ServerApi,
  ref: string,
  options: Omit<LoadOptions, 'templates'>,
): Promise<LoadedPlan> {
  const read = async (id: string): Promise<Record<string, unknown>> => {
    const { name, fields, locale, weighting } = await api.json<RemoteTemplate>(`/templates/${encodeURIComponent(id)}`);
    return {
      name,
      fields,
      ...(locale === undefined ? {} : { locale }),
      ...(weighting === undefined ? {} : { weighting }),
    };
  };
  const root = await read(ref);
  const nested = new Map<string, unknown>();
  const waiting = idsIn(root);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (nested.has(id)) continue;
    if (nested.size === MOST_NESTED) {
      throw new CommandError(2, 'too_many_templates', `${ref} nests more than ${MOST_NESTED} templates`);
    }
    const template = await read(id);
    nested.set(id, template);
    waiting.push(...idsIn(template));
  }
  const source = new SourceText(ref, Buffer.from(JSON.stringify(root, undefined, 2)));
  return compileSource(source, nested.size === 0 ? undefined : nested, options);
}

/** What is nested by its id, anywhere in a template. */
function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'template_id' && typeof inner === 'string' ? [inner] : idsIn(inner),
  );
}
