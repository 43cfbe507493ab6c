import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { templateQuery } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import { catalogueQuery } from '../../engine/engine.ts';
import { TemplateEditor } from './TemplateEditor.tsx';

const route = getRouteApi('/shell/templates/$id');

/** A template, once it and the catalogue of types are there. */
export function TemplatePage() {
  const { id } = route.useParams();
  return (
    <Suspense fallback={<p className="p-8 text-center text-faint">Loading …</p>}>
      <Loaded key={id} id={id} />
    </Suspense>
  );
}

function Loaded({ id }: { id: string }) {
  // Whoever comes back may find it changed, also a moment later: `staleTime` is a second at least where a page waits for data.
  useEffect(
    () => () => void queries.invalidateQueries({ queryKey: templateQuery(id).queryKey, refetchType: 'none' }),
    [id],
  );
  const { data: template } = useSuspenseQuery({ ...templateQuery(id), staleTime: 0, refetchOnWindowFocus: false });
  const { data: catalogue } = useSuspenseQuery(catalogueQuery);
  return <TemplateEditor template={template} catalogue={catalogue} />;
}
