import { useMutation } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';
import { useList } from '../../api/queries.ts';
import type { Invite } from '../../api/types.ts';
import { IconButton } from '../../ui/Button.tsx';
import { formatTime } from '../../ui/format.ts';
import { notify } from '../../ui/notices.tsx';

/** Invites that nobody has taken yet. */
export function Invites() {
  const list = useList<Invite>('/invites');
  const withdraw = useMutation({
    mutationFn: ({ id }: Invite) => askJson('DELETE', `/invites/${id}`),
    onSuccess: () => notify('The invite is withdrawn'),
    onError: (error) => notify(error.message),
    onSettled: () => list.refetch(),
  });
  const invites = list.data?.pages.flatMap(({ items }) => items) ?? [];
  if (invites.length === 0) return null;
  return (
    <section aria-labelledby="open-invites" className="mt-6">
      <h2 id="open-invites" className="mb-2 font-semibold">
        Open invites
      </h2>
      <ul className="rounded-lg border border-line bg-panel">
        {invites.map((invite) => (
          <li key={invite.id} className="flex items-center gap-3 border-b border-line px-3 py-1.5 last:border-0">
            <span className="min-w-0 flex-1 truncate">
              {invite.email ?? 'Whoever has the link'}, as {invite.role}
            </span>
            <span className="text-xs text-faint">until {formatTime(invite.expiresAt)}</span>
            <IconButton
              label={`Withdraw the invite for ${invite.email ?? invite.role}`}
              icon="trash"
              onClick={() => withdraw.mutate(invite)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
