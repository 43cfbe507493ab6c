import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { templateQuery } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import type { Template, TemplateDocument } from '../../api/types.ts';
import type { Merged } from './dialogs/merge-documents.ts';
import { documentOf } from './document-of.ts';

/**
 * A template while it is edited: the version that it began with, as it is on the page, and how it is saved.
 * @param read as it was read last: while nothing is changed on the page, a newer version takes the place of the one there
 */
export function useDraft(read: Template) {
  const [base, setBase] = useState(read);
  const [draft, setDraft] = useState(() => documentOf(read));
  // A template may be megabytes of text, and is drawn for other reasons as well.
  const saved = useMemo(() => JSON.stringify(documentOf(base)), [base]);
  const isChanged = useMemo(() => saved !== JSON.stringify(documentOf(draft)), [saved, draft]);

  const begin = (template: Template): void => {
    setBase(template);
    setDraft(documentOf(template));
  };
  if (read.version > base.version && !isChanged) begin(read);

  /** Goes on from another version, without what was changed on the page. */
  const take = (template: Template): void => {
    begin(template);
    queries.setQueryData(templateQuery(template.id).queryKey, template);
  };
  const save = useMutation({
    /**
     * @param over the version in whose place it is saved, when it is another than the page began with: none but that
     * @param merged in place of what is on the page
     */
    mutationFn: ({ over = base.version, merged }: { over?: number; merged?: TemplateDocument }) =>
      askJson<Template>('PATCH', `/templates/${base.id}`, {
        body: { locale: null, weighting: null, ...(merged ?? draft) },
        headers: { 'If-Match': `"${base.id}@v${over}"` },
      }),
    onSuccess: (template) => {
      setBase(template);
      queries.setQueryData(templateQuery(template.id).queryKey, template);
      void queries.invalidateQueries({ queryKey: templateQuery(template.id).queryKey.slice(0, 1) });
    },
  });
  /**
   * Goes on from what was merged of a newer version and what is on the page, and saves it, unless both have changed the same: that is
   * looked through first.
   */
  const merge = (theirs: Template, { document, disputed }: Merged): void => {
    setBase(theirs);
    setDraft(document);
    if (disputed.length > 0) save.reset();
    else save.mutate({ over: theirs.version, merged: document });
  };
  return { base, draft, setDraft, isChanged, take, save, merge };
}
