import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import type { AgentRisk, ListedChat } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

const RISKS: Readonly<Record<AgentRisk, string>> = {
  read: 'Read what is in the project',
  generate: 'Generate rows',
  write: 'Create and change templates, scenarios and sets',
  outbound_or_destructive: 'Send to systems, delete and undo',
};
const NAMES = Object.keys(RISKS) as AgentRisk[];

/** What the agent of a chat may do at most, whatever it is asked for: shown to everybody, given and taken back by the author. */
export function ChatPermits({
  chat,
  path,
  isAuthor,
  onChat,
}: {
  chat: ListedChat;
  /** Of the chat. */
  path: string;
  isAuthor: boolean;
  onChat: (chat: ListedChat) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const change = useMutation({
    // One after the other, so that the last one stays.
    scope: { id: path },
    mutationFn: (permits: ListedChat['permits']) => askJson<ListedChat>('PATCH', path, { body: { permits } }),
    onSuccess: onChat,
  });
  // What was pressed shows at once.
  const { risks, sensitive } = change.isPending ? change.variables : chat.permits;
  const box = (label: string, checked: boolean, onChange: (checked: boolean) => void) => (
    <label key={label} className="flex items-center gap-2">
      <input
        type="checkbox"
        className="size-4 accent-accent"
        checked={checked}
        disabled={!isAuthor}
        onChange={({ target }) => onChange(target.checked)}
      />
      {label}
    </label>
  );
  return (
    <>
      <Button look="ghost" icon="lock" onClick={() => setOpen(true)}>
        {risks.length === NAMES.length && !sensitive ? 'Permits' : `Permits (${risks.length} of ${NAMES.length})`}
      </Button>
      {isOpen && (
        <Dialog title="What the agent may do in this chat" onClose={() => setOpen(false)}>
          <div className="flex flex-col gap-2.5">
            <p className="text-quiet">
              At most, and never more than {isAuthor ? 'you may' : 'its author may'}. What matters still waits for your
              word. It counts from the next message on.
            </p>
            {NAMES.map((risk) =>
              box(RISKS[risk], risks.includes(risk), (isGiven) =>
                change.mutate({
                  risks: NAMES.filter((one) => (one === risk ? isGiven : risks.includes(one))),
                  sensitive,
                }),
              ),
            )}
            {box('See and send values of sensitive fields', sensitive, (isGiven) =>
              change.mutate({ risks, sensitive: isGiven }),
            )}
            <ProblemNote error={change.error} />
            {!isAuthor && <p className="text-xs text-faint">Only the author of the chat changes this.</p>}
          </div>
        </Dialog>
      )}
    </>
  );
}
