import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Connection } from '../../../api/types.ts';
import { Button } from '../../../ui/Button.tsx';
import { Labelled } from '../../../ui/Labelled.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { AddressFields } from './AddressFields.tsx';
import { AuthFields } from './AuthFields.tsx';
import { AUTH } from './auth-fields.ts';
import { type ConnectionDraft, needsSecret } from './connection-draft.ts';
import { optionAt, withOption } from './option-paths.ts';
import { SettingField } from './SettingField.tsx';
import type { Setting } from './settings.ts';
import { systemOf } from './systems.ts';

/** What is said of a connection. @param connection the one that is changed; undefined: it is a new one */
export function ConnectionForm({
  first,
  connection,
  action,
  busy,
  error,
  onSubmit,
  children,
}: {
  first: ConnectionDraft;
  connection?: Connection;
  action: string;
  busy: boolean;
  error: unknown;
  onSubmit: (draft: ConnectionDraft) => void;
  /** Stands above the rest. */
  children?: ReactNode;
}) {
  const [draft, setDraft] = useState(first);
  // Of another system; what the connection is called stays.
  if (draft.type !== first.type) setDraft({ ...first, name: draft.name, readOnly: draft.readOnly });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(first) && !busy;
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isChanged &&
      current.pathname !== next.pathname &&
      !confirm('Leave without saving? What you changed would be lost.'),
    enableBeforeUnload: isChanged,
  });
  const change = (part: Partial<ConnectionDraft>): void => setDraft({ ...draft, ...part });
  const { settings, more } = systemOf(draft.type);
  const hasSecret = AUTH[draft.authKind].fields.some(
    ({ name, isSecret }) => isSecret && (draft.auth[name] ?? '') !== '',
  );
  const isKept = connection?.hasSecret === true && connection.auth.type === draft.authKind;
  const isNeeded = isKept && !hasSecret && needsSecret(draft, connection);
  const field = (setting: Setting) => (
    <SettingField
      key={`${draft.type} ${setting.path}`}
      setting={setting}
      value={optionAt(draft.options, setting.path)}
      onValue={(value) => change({ options: withOption(draft.options, setting.path, value) })}
    />
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSubmit(draft);
  };
  return (
    <form onSubmit={submit} className="flex max-w-2xl flex-col gap-3">
      {children}
      <Labelled label="Name">
        {(control) => (
          <input
            {...control}
            required
            maxLength={200}
            autoComplete="off"
            value={draft.name}
            onChange={({ target }) => change({ name: target.value })}
            className="control"
          />
        )}
      </Labelled>
      <AddressFields draft={draft} onChange={change} />
      <AuthFields
        draft={draft}
        kept={isKept}
        needed={
          isNeeded
            ? 'The address, or who signs in, is another one: what is kept is not sent there. Give it again.'
            : undefined
        }
        onChange={change}
      />
      <div className="grid gap-3 sm:grid-cols-2">{settings.map(field)}</div>
      {/* What the browser complains of has to be in sight. */}
      <details
        onInvalidCapture={({ currentTarget }) => {
          currentTarget.open = true;
        }}
      >
        <summary className="mb-2 w-fit text-xs font-medium text-quiet hover:text-ink">More settings</summary>
        <div className="grid gap-3 sm:grid-cols-2">{more.map(field)}</div>
      </details>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={draft.readOnly}
          onChange={({ target }) => change({ readOnly: target.checked })}
        />
        Read only: nothing is ever changed through it
      </label>
      <ProblemNote error={error} />
      <div className="flex gap-2">
        <Button look="primary" type="submit" busy={busy}>
          {action}
        </Button>
      </div>
    </form>
  );
}
