import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { askJson } from '../../api/client.ts';
import { queries } from '../../api/query-client.ts';
import type { Template, TemplateDocument } from '../../api/types.ts';

/** Creates templates and opens the first of them. */
export function useCreateTemplates() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (documents: readonly TemplateDocument[]) => {
      const made: Template[] = [];
      for (const body of documents) made.push(await askJson<Template>('POST', '/templates', { body }));
      return made;
    },
    onSuccess: async ([first]) => {
      void queries.invalidateQueries();
      if (first !== undefined) await navigate({ to: '/templates/$id', params: { id: first.id } });
    },
  });
}
