import { useQuery } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';
import type { Scenario } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatTime } from '../../ui/format.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { scenarioPath } from './use-scenario-draft.ts';

/** Somebody else has saved the scenario meanwhile: shows their code, and asks whose stays. */
export function ScenarioConflict({
  id,
  onTake,
  onForce,
  onClose,
}: {
  id: string;
  onTake: (theirs: Scenario) => void;
  /** @param over the version that was shown */
  onForce: (over: number) => void;
  onClose: () => void;
}) {
  const { data: theirs, error } = useQuery({
    queryKey: ['conflict', id],
    queryFn: () => askJson<Scenario>('GET', scenarioPath(id)),
    gcTime: 0,
  });
  return (
    <Dialog title="Somebody else has saved this scenario" onClose={onClose} wide>
      <ProblemNote error={error} />
      {theirs !== undefined && (
        <>
          <p className="mb-3 text-quiet">
            Version {theirs.version}, {theirs.name}, was saved on {formatTime(theirs.updated_at)}:
          </p>
          <CodeBlock label="their code" text={theirs.code} />
          <div className="mt-4 flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>Go on editing</Button>
            <Button onClick={() => onTake(theirs)}>Take theirs</Button>
            <Button look="primary" onClick={() => onForce(theirs.version)}>
              Save yours as a newer version
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
