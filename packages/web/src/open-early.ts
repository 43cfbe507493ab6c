import { identityQuery, templateQuery } from './api/queries.ts';
import { queries } from './api/query-client.ts';
import { catalogueQuery, engine } from './engine/engine.ts';
import { documentOf } from './pages/templates/document-of.ts';
import { pageOf, SEED } from './pages/templates/preview/rows-query.ts';

/**
 * Begins with what the page of a template waits for longest, before the rest of the app is read: the engine in its worker, the template, and
 * who is signed in. What is asked here is what the page asks later, and finds there.
 */
async function openEarly(id: string): Promise<void> {
  void queries.prefetchQuery(catalogueQuery);
  void queries.prefetchQuery(identityQuery);
  await queries.prefetchQuery(templateQuery(id));
  const template = queries.getQueryData(templateQuery(id).queryKey);
  // With another seed or from another row the page asks by itself.
  if (template === undefined || location.search !== '') return;
  const source = { template: documentOf(template), templates: {}, seed: SEED };
  // Whatever comes of it: the worker keeps its rows for the page, which asks for the same ones once it is drawn.
  await engine('rows', source, 0, pageOf(template.fields.length)).catch(() => undefined);
}

const [, id] = /^\/app\/templates\/(\w+)$/.exec(location.pathname) ?? [];
if (id !== undefined) void openEarly(id);
