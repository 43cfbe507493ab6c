import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { askJson } from '../../api/client.ts';
import { identityQuery, thingQuery } from '../../api/queries.ts';
import { queries } from '../../api/query-client.ts';
import type { AgentPermissions } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notify } from '../../ui/notices.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { isAdministrator } from './roles.ts';

/** The least first: arrow keys choose at once on the way. */
const WORDS = { off: 'off', ask: 'has to ask', allow: 'may use it' } as const;
const RISKS = {
  read: 'reads',
  generate: 'generates',
  write: 'writes',
  outbound_or_destructive: 'sends out or destroys',
} as const;

interface Change {
  readonly tool: string;
  readonly permission: string | null;
}

/** Which tools the agent of chats may use, and for which it has to ask. */
export function AgentTools() {
  const query = thingQuery<AgentPermissions>('/agent/permissions');
  const { data, error } = useQuery(query);
  const { data: identity } = useQuery(identityQuery);
  const mayChange = isAdministrator(identity?.person.role);
  const change = useMutation({
    // One after the other, so that the last one stays.
    scope: { id: 'agent permissions' },
    mutationFn: ({ tool, permission }: Change) =>
      askJson<AgentPermissions>('PUT', `/agent/permissions/${encodeURIComponent(tool)}`, { body: { permission } }),
    onSuccess: (next) => queries.setQueryData(query.queryKey, next),
    onError: (problem) => notify(problem.message),
  });
  const [asked, setAsked] = useState<Change & { readonly title: string }>();
  const coming = (tool: string): Change | undefined =>
    change.isPending && change.variables.tool === tool ? change.variables : undefined;
  if (data === undefined) return <ProblemNote error={error} />;
  return (
    <>
      <p className="mb-3 text-quiet">
        {data.model === null ? 'No model is set up: patterns read what is said in chats.' : `${data.model} answers.`} It
        never does more than whoever talks to it may.
      </p>
      <ul className="rounded-lg border border-line bg-panel">
        {data.tools.map(({ tool, title, risk, permission, isDefault }) => (
          <li
            key={tool}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5 last:border-0"
          >
            <span className="min-w-40 flex-1">
              {title} <code className="font-mono text-xs text-faint">{tool}</code>
            </span>
            <Badge tone={risk === 'outbound_or_destructive' ? 'warn' : 'quiet'}>{RISKS[risk]}</Badge>
            <select
              aria-label={`${title}: the agent`}
              value={(coming(tool) ?? { permission: isDefault ? null : permission }).permission ?? ''}
              disabled={!mayChange}
              onChange={({ target }) => {
                const wanted = { tool, permission: target.value || null };
                if (target.value === 'allow' && risk === 'outbound_or_destructive') setAsked({ ...wanted, title });
                else change.mutate(wanted);
              }}
              className="control w-48"
            >
              <option value="">default{isDefault && `: ${WORDS[permission]}`}</option>
              {Object.entries(WORDS).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </li>
        ))}
      </ul>
      {asked !== undefined && (
        <ConfirmDialog
          title={`Let the agent use “${asked.title}” by itself?`}
          action="Let it"
          onClose={() => setAsked(undefined)}
          onConfirm={async () => change.mutate(asked)}
        >
          It sends data out or destroys some, and then nobody is asked before.
        </ConfirmDialog>
      )}
    </>
  );
}
