import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { templateQuery } from '../../../api/queries.ts';
import type { Template, TemplateDocument } from '../../../api/types.ts';
import type { Source } from '../../../engine/protocol.ts';

/** Ids of other templates that a value names, however deep. */
function idsIn(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const one of value) idsIn(one, found);
  else if (value !== null && typeof value === 'object') {
    for (const [name, one] of Object.entries(value)) {
      if ((name === 'template_id' || name === 'templateId') && typeof one === 'string') found.add(one);
      else idsIn(one, found);
    }
  }
  return found;
}

const MOST = 50;

/** What the engine makes rows of: the template on the page, and the others that it nests, which the server is asked for. */
export function useSource(template: TemplateDocument, seed: string): Source {
  const ids = useMemo(
    () => [...idsIn(template.fields, new Set())].filter((id) => id.startsWith('tmpl_')).slice(0, MOST),
    [template.fields],
  );
  const templates = useQueries({
    queries: ids.map((id) => ({ ...templateQuery(id), retry: false })),
    combine: templatesById,
  });
  return useMemo(() => ({ template, templates, seed }), [template, templates, seed]);
}

const templatesById = (asked: readonly UseQueryResult<Template>[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    asked.flatMap(({ data }) =>
      data === undefined
        ? []
        : [
            [
              data.id,
              { name: data.name, fields: data.fields, ...(data.locale === undefined ? {} : { locale: data.locale }) },
            ],
          ],
    ),
  );
