import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../../api/client.ts';
import type { Template, TemplateDocument } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { formatTime } from '../../../ui/format.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { differenceOf } from './difference-of.ts';
import { FieldChanges } from './FieldChanges.tsx';

/** Somebody else has saved the template meanwhile: shows how theirs differs from what is on the page, and asks whose stays. */
export function ConflictDialog({
  id,
  draft,
  onTake,
  onForce,
  onClose,
}: {
  id: string;
  draft: TemplateDocument;
  onTake: (theirs: Template) => void;
  onForce: () => void;
  onClose: () => void;
}) {
  const { data: theirs, error } = useQuery({
    queryKey: ['conflict', id],
    queryFn: () => askJson<Template>('GET', `/templates/${id}`),
    gcTime: 0,
  });
  return (
    <Dialog title="Somebody else has saved this template" onClose={onClose} wide>
      <ProblemNote error={error} />
      {theirs !== undefined && (
        <>
          <p className="mb-3 text-quiet">
            Version {theirs.version} was saved on {formatTime(theirs.updatedAt)}. From theirs to yours:
          </p>
          <FieldChanges changes={differenceOf(theirs, draft)} />
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>Go on editing</Button>
            <Button onClick={() => onTake(theirs)}>Take theirs</Button>
            <Button look="primary" onClick={onForce}>
              Save yours as a newer version
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
