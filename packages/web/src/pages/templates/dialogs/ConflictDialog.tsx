import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../api/client.ts';
import type { Template, TemplateDocument } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { formatTime } from '../../../ui/format.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { documentOf } from '../document-of.ts';
import { differenceOf } from './difference-of.ts';
import { FieldChanges } from './FieldChanges.tsx';
import { type Merged, mergeDocuments } from './merge-documents.ts';

/** Somebody else has saved the template meanwhile: shows how theirs differs from what is on the page, and asks whose stays. */
export function ConflictDialog({
  base,
  draft,
  onTake,
  onMerge,
  onForce,
  onClose,
}: {
  /** The version that both began with. */
  base: Template;
  draft: TemplateDocument;
  onTake: (theirs: Template) => void;
  onMerge: (theirs: Template, merged: Merged) => void;
  /** @param over the version that was shown */
  onForce: (over: number) => void;
  onClose: () => void;
}) {
  const { data: theirs, error } = useQuery({
    queryKey: ['conflict', base.id],
    queryFn: () => askJson<Template>('GET', `/templates/${base.id}`),
    gcTime: 0,
  });
  const merged = theirs && mergeDocuments(base, documentOf(theirs), draft);
  return (
    <Dialog title="Somebody else has saved this template" onClose={onClose} wide>
      <ProblemNote error={error} />
      {theirs !== undefined && merged !== undefined && (
        <>
          <p className="mb-3 text-quiet">
            Version {theirs.version} was saved on {formatTime(theirs.updatedAt)}. From theirs to yours:
          </p>
          <FieldChanges changes={differenceOf(theirs, draft)} />
          <p className="mt-3 text-quiet">
            {merged.disputed.length === 0
              ? 'You have changed different things: both can stay.'
              : `Both of you have changed ${merged.disputed.join(', ')}: merged, yours stays there. Look through the fields before you save.`}
          </p>
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>Go on editing</Button>
            <Button onClick={() => onTake(theirs)}>Take theirs</Button>
            <Button onClick={() => onForce(theirs.version)}>Save yours as a newer version</Button>
            <Button look="primary" onClick={() => onMerge(theirs, merged)}>
              Merge both
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
