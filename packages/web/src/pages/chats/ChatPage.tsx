import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense, useEffect, useRef, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { identityQuery, thingQuery } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import type { AgentPermissions, ListedChat } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { formatCount } from '../../ui/format.ts';
import { notify } from '../../ui/notices.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { ChatPermits } from './ChatPermits.tsx';
import { ChatTitle } from './ChatTitle.tsx';
import { Composer } from './Composer.tsx';
import { EntryView } from './EntryView.tsx';
import { useTalk } from './use-talk.ts';
import { Welcome } from './Welcome.tsx';

const route = getRouteApi('/shell/chats/$id');
/** So near to the end, in pixels, what comes is followed. */
const NEAR_PX = 80;

/** A chat with the agent: what was said and done, what waits, and where one speaks. */
export function ChatPage() {
  const { id } = route.useParams();
  return (
    <Suspense fallback={<p className="p-8 text-center text-faint">Loading …</p>}>
      <Loaded key={id} id={id} />
    </Suspense>
  );
}

function Loaded({ id }: { id: string }) {
  const path = `/chats/${encodeURIComponent(id)}`;
  const query = thingQuery<ListedChat>(path);
  const { data: chat } = useSuspenseQuery(query);
  const { data: identity } = useQuery(identityQuery);
  const { data: agent } = useQuery(thingQuery<AgentPermissions>('/agent/permissions'));
  const { talk, isAway, error, send } = useTalk(path);
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const log = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const isAuthor = identity?.person.id === chat.createdBy;
  const { entries, isOpen, isWaiting, isCut } = talk;
  const stop = (): void => {
    askJson('POST', `${path}/stop`, { body: {} }).catch((problem: Error) => notify(problem.message));
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: name, mode and use change with the turns
  useEffect(() => {
    if (entries.length > 0) void queries.invalidateQueries({ queryKey: query.queryKey });
  }, [isOpen]);
  useEffect(() => {
    const element = log.current;
    if (element !== null && (isAtEnd.current || entries.at(-1)?.kind === 'message'))
      element.scrollTop = element.scrollHeight;
  }, [entries]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: stop is of this chat
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent): void => {
      // Escape closes what lies over the page first.
      if (
        event.key === 'Escape' &&
        !event.defaultPrevented &&
        document.querySelector('dialog[open],[role=menu]') === null
      )
        stop();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isOpen]);

  const titles = new Map(agent?.tools.map(({ tool, title }) => [tool, title]));
  const tokens = chat.usage.input_tokens + chat.usage.output_tokens;
  return (
    <div className="flex h-full flex-col">
      <header className="flex flex-wrap items-center gap-2 border-b border-line bg-panel px-4 py-2">
        <h1 className={isAuthor ? 'sr-only' : 'min-w-0 flex-1 truncate text-base font-semibold'}>{chat.name}</h1>
        {isAuthor && (
          <ChatTitle chat={chat} path={path} onChat={(next) => queries.setQueryData(query.queryKey, next)} />
        )}
        {tokens > 0 && <span className="text-xs text-faint">{formatCount(tokens)} tokens</span>}
        <ChatPermits
          chat={chat}
          path={path}
          isAuthor={isAuthor}
          onChat={(next) => queries.setQueryData(query.queryKey, next)}
        />
        {chat.mode !== null && <Badge tone="accent">{chat.mode === 'agent' ? 'Agent' : 'Chat'}</Badge>}
      </header>
      <div
        ref={log}
        role="log"
        aria-label="What was said"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
        }}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        <div className="mx-auto flex max-w-3xl flex-col gap-3 px-4 py-4">
          {isCut && <p className="text-center text-xs text-faint">What was said earlier is not shown.</p>}
          {entries.length === 0 && (
            <Welcome
              model={agent?.model}
              {...(isAuthor
                ? {
                    onPick: (picked: string) => {
                      setText(picked);
                      box.current?.focus();
                    },
                  }
                : {})}
            />
          )}
          {entries.map((entry) => (
            <EntryView
              key={entry.key}
              entry={entry}
              titleOf={(tool) => titles.get(tool) ?? tool}
              path={path}
              isAuthor={isAuthor}
            />
          ))}
          {isOpen && !isWaiting && <p className="text-xs text-faint">Working …</p>}
          {isAway && <p className="text-xs text-warn">The connection is broken. It goes on; this page tries again.</p>}
          <ProblemNote error={error} />
        </div>
      </div>
      <footer className="border-t border-line bg-panel py-2.5">
        <div className="mx-auto max-w-3xl px-4">
          {isAuthor ? (
            <Composer
              text={text}
              onText={setText}
              box={box}
              isFirst={chat.mode === null && entries.length === 0}
              isBusy={isOpen && !isWaiting}
              isOpen={isOpen}
              send={send}
              stop={stop}
            />
          ) : (
            <p className="text-xs text-faint">Only the author of a chat speaks in it. Begin one of your own.</p>
          )}
        </div>
      </footer>
    </div>
  );
}
