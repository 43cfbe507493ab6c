import { useMutation } from '@tanstack/react-query';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { ChatMode } from '../../api/types.ts';
import { Button } from '../../ui/Button.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

const LONGEST = 100_000;

/** Where one speaks: Enter sends, Shift+Enter breaks the line. */
export function Composer({
  text,
  onText,
  box,
  isFirst,
  isBusy,
  isOpen,
  send,
  stop,
}: {
  text: string;
  onText: (text: string) => void;
  box: RefObject<HTMLTextAreaElement | null>;
  /** Whether the mode is still to be chosen. */
  isFirst: boolean;
  /** Whether an answer is under way, which nobody speaks into. */
  isBusy: boolean;
  isOpen: boolean;
  send: (text: string, mode: ChatMode | undefined) => Promise<void>;
  stop: () => void;
}) {
  const [mode, setMode] = useState<ChatMode>('agent');
  const sending = useMutation({
    mutationFn: () => send(text, isFirst ? mode : undefined),
    onSuccess: () => onText(''),
  });
  const maySend = !isBusy && !sending.isPending && text.trim() !== '';
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter that ends the composing of a character is not the end of the message.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (maySend) sending.mutate();
  };
  return (
    <div className="flex flex-col gap-2">
      <ProblemNote error={sending.error} />
      <textarea
        ref={box}
        aria-label="Message"
        aria-describedby="how-to-send"
        rows={2}
        value={text}
        maxLength={LONGEST}
        placeholder="Say what you need …"
        onChange={({ target }) => onText(target.value)}
        onKeyDown={onKeyDown}
        className="control h-16 w-full resize-y py-2"
      />
      <div className="flex flex-wrap items-center gap-2">
        {isFirst && <ModeChoice mode={mode} onMode={setMode} />}
        <span id="how-to-send" className="min-w-0 flex-1 text-xs text-faint">
          Enter sends, Shift+Enter breaks the line, Esc stops.
        </span>
        {isOpen && (
          <Button icon="close" onClick={stop}>
            Stop
          </Button>
        )}
        <Button look="primary" busy={sending.isPending} disabled={!maySend} onClick={() => sending.mutate()}>
          Send
        </Button>
      </div>
    </div>
  );
}

const ModeChoice = ({ mode, onMode }: { mode: ChatMode; onMode: (mode: ChatMode) => void }) => (
  <fieldset className="flex overflow-hidden rounded-md border border-edge">
    <legend className="sr-only">Mode, fixed by the first message</legend>
    {(['agent', 'chat'] as const).map((one) => (
      <label
        key={one}
        title={one === 'agent' ? 'Plans, writes, runs and pushes' : 'Looks at things and makes rows, in a few steps'}
        className="cursor-pointer px-2 py-1 text-xs capitalize has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent"
      >
        <input
          type="radio"
          name="mode"
          value={one}
          checked={mode === one}
          onChange={() => onMode(one)}
          className="sr-only"
        />
        {one}
      </label>
    ))}
  </fieldset>
);
