import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../../api/client.ts';
import { useList } from '../../../api/queries.ts';
import type { Template, TemplateDiff, TemplateVersion } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { formatTime } from '../../../ui/format.ts';
import { notify } from '../../../ui/notices.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { FieldChanges } from './FieldChanges.tsx';

/** The versions of a template: how each differs from the newest, and the way back to it. */
export function VersionsDialog({
  template,
  isChanged,
  onRolledBack,
  onClose,
}: {
  template: Template;
  /** Whether something on the page is not saved, which a rollback would take away. */
  isChanged: boolean;
  onRolledBack: (template: Template) => void;
  onClose: () => void;
}) {
  const { id, version: newest } = template;
  const list = useList<TemplateVersion>(`/templates/${id}/versions`);
  const [chosen, setChosen] = useState(Math.max(1, newest - 1));
  const diff = useQuery({
    queryKey: ['diff', id, chosen, newest],
    queryFn: () => askJson<TemplateDiff>('GET', `/templates/${id}/diff?from=${chosen}&to=${newest}`),
    enabled: chosen !== newest,
  });
  const rollBack = useMutation({
    mutationFn: () =>
      askJson<Template>('POST', `/templates/${id}/rollback`, {
        body: { version: chosen },
        headers: { 'If-Match': `"${id}@v${newest}"` },
      }),
    onSuccess: (next) => {
      onRolledBack(next);
      notify(`Version ${next.version} is as version ${chosen} was`);
      onClose();
    },
  });
  return (
    <Dialog title="Versions" onClose={onClose} wide>
      <div className="grid gap-4 sm:grid-cols-[14rem_minmax(0,1fr)]">
        <ul aria-label="Versions" className="max-h-96 overflow-y-auto rounded-md border border-line">
          {list.data?.pages
            .flatMap((page) => page.items)
            .map(({ version, createdAt }) => (
              <li key={version} className="border-b border-line last:border-0">
                <button
                  type="button"
                  aria-pressed={version === chosen}
                  onClick={() => setChosen(version)}
                  className="flex w-full items-baseline justify-between gap-2 px-3 py-1.5 text-left hover:bg-sunken aria-pressed:bg-accent-soft"
                >
                  <span className="font-medium">Version {version}</span>
                  <span className="text-xs text-quiet">{formatTime(createdAt)}</span>
                </button>
              </li>
            ))}
          {list.hasNextPage && (
            <li className="p-1">
              <Button look="ghost" onClick={() => list.fetchNextPage()}>
                Show more
              </Button>
            </li>
          )}
        </ul>
        <div className="min-w-0">
          <ProblemNote error={list.error ?? diff.error ?? rollBack.error} />
          {chosen === newest ? (
            <p className="text-faint">This is the newest version. Choose another one to compare.</p>
          ) : (
            <>
              <p className="mb-2 text-quiet">
                From version {chosen} to version {newest}:
              </p>
              {diff.data !== undefined && <FieldChanges changes={diff.data} />}
              <Button className="mt-4" disabled={isChanged} busy={rollBack.isPending} onClick={() => rollBack.mutate()}>
                Roll back to version {chosen}
              </Button>
              <p className="mt-1 text-xs text-faint">
                {isChanged ? 'Save what you changed first.' : 'That adds a version; none is lost.'}
              </p>
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}
