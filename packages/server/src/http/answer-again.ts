import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinnedTemplates, type TemplateSource } from '../services/pinned-templates.ts';
import { TemplateService } from '../services/template-service.ts';
import type { StoredTemplate } from '../store/templates.ts';
import type { HttpContext } from './context.ts';
import { recall } from './repeats.ts';
import { parseTemplateRef } from './template-ref.ts';

/** What an answer is made from: with it, the same bytes are made again. */
interface Recipe {
  readonly seed: string;
  readonly version?: number;
  /** Versions of the templates that the template nests. */
  readonly nested: Readonly<Record<string, number>>;
}

/** An answer that a template, if there is one, and a seed decide: made again of the same when the request repeats another. */
export function answerAgain<Made extends { readonly seed: string }, Result>(
  { claims, cursors }: Pick<HttpContext, 'claims' | 'cursors'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { ref, seed }: { readonly ref: string | undefined; readonly seed: unknown },
  make: (template: StoredTemplate | undefined, templates: TemplateSource, seed: unknown) => Promise<Made>,
  use: (made: Made) => Promise<Result>,
): Promise<Result> {
  const service = new TemplateService(request.tenant, request.principal, cursors);
  const named = ref === undefined ? undefined : parseTemplateRef(ref);
  const read = async (version: number | undefined) =>
    named === undefined ? undefined : service.read(named.id, version);
  let made: { readonly recipe: Recipe; readonly result: Made } | undefined;
  return recall<Recipe, Result>(
    request,
    reply,
    claims,
    async () => {
      const template = await read(named?.version);
      const templates = new PinnedTemplates(service.store);
      const result = await make(template, templates, seed);
      const version = template === undefined ? {} : { version: template.version };
      made = { recipe: { seed: result.seed, ...version, nested: templates.versions }, result };
      return made.recipe;
    },
    async (recipe) => {
      if (made?.recipe === recipe) return use(made.result);
      const templates = new PinnedTemplates(service.store, recipe.nested);
      return use(await make(await read(recipe.version), templates, recipe.seed));
    },
  );
}
