import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import type { ListedChat } from '../../api/types.ts';
import { notify } from '../../ui/notices.tsx';

/** The name of a chat, which its author changes where it stands. */
export function ChatTitle({
  chat,
  path,
  onChat,
}: {
  chat: ListedChat;
  path: string;
  onChat: (chat: ListedChat) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const rename = useMutation({
    mutationFn: (name: string) => askJson<ListedChat>('PATCH', path, { body: { name } }),
    onSuccess: onChat,
    onError: (error) => notify(error.message),
    onSettled: () => setTyped(undefined),
  });
  const leave = (): void => {
    const name = typed?.trim();
    if (name === undefined || name === '' || name === chat.name) setTyped(undefined);
    else rename.mutate(name);
  };
  return (
    <input
      aria-label="Name of the chat"
      value={typed ?? chat.name}
      maxLength={200}
      autoComplete="off"
      onChange={({ target }) => setTyped(target.value)}
      onBlur={leave}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
      className="h-8 min-w-32 flex-1 rounded-md border border-transparent bg-transparent px-1.5 text-base font-semibold tracking-tight hover:border-line focus:border-edge"
    />
  );
}
