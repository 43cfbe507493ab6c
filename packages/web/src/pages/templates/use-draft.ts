import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { templateQuery } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import type { Template, TemplateDocument } from '../../api/types.ts';
import { documentOf } from './document-of.ts';

interface Merged {
  readonly document: TemplateDocument;
  readonly over: Template;
}

/** A template while it is edited: as it was read, as it is on the page, and how it is saved. */
export function useDraft(read: Template) {
  const [base, setBase] = useState(read);
  const [draft, setDraft] = useState(() => documentOf(read));
  // A template may be megabytes of text, and is drawn for other reasons as well.
  const saved = useMemo(() => JSON.stringify(documentOf(base)), [base]);
  const isChanged = useMemo(() => saved !== JSON.stringify(draft), [saved, draft]);

  /** Goes on from another version, without what was changed on the page. */
  const take = (template: Template): void => {
    setBase(template);
    setDraft(documentOf(template));
    queries.setQueryData(templateQuery(template.id).queryKey, template);
  };
  const save = useMutation({
    /**
     * @param force also over a version that somebody else has saved meanwhile
     * @param merged in place of what is on the page, and the version that it came of
     */
    mutationFn: ({ force = false, merged }: { force?: boolean; merged?: Merged }) =>
      askJson<Template>('PATCH', `/templates/${base.id}`, {
        body: { locale: null, weighting: null, ...(merged?.document ?? draft) },
        headers: force ? {} : { 'If-Match': `"${base.id}@v${merged?.over.version ?? base.version}"` },
      }),
    onSuccess: (template, _force) => {
      setBase(template);
      queries.setQueryData(templateQuery(template.id).queryKey, template);
      void queries.invalidateQueries({ queryKey: templateQuery(template.id).queryKey.slice(0, 1) });
    },
  });
  /** Saves what was merged of a newer version and what is on the page; refused, it is what is on the page. */
  const merge = (merged: Merged): void => {
    setBase(merged.over);
    setDraft(merged.document);
    save.mutate({ merged });
  };
  return { base, draft, setDraft, isChanged, take, save, merge };
}
