import { Labelled } from '../../../ui/Labelled.tsx';
import { AUTH, type AuthField } from './auth-fields.ts';
import type { ConnectionDraft } from './connection-draft.ts';
import { SecretField } from './SecretField.tsx';
import { type AuthKind, systemOf } from './systems.ts';

/**
 * How a connection signs in.
 * @param kept whether the server has a secret for the kind that is chosen: left empty, it stays
 * @param needed why it has to be given again all the same
 */
export function AuthFields({
  draft,
  kept,
  needed,
  onChange,
}: {
  draft: ConnectionDraft;
  kept: boolean;
  needed: string | undefined;
  onChange: (part: Partial<ConnectionDraft>) => void;
}) {
  const { auth: kinds } = systemOf(draft.type);
  const set = (name: string, value: string): void => onChange({ auth: { ...draft.auth, [name]: value } });
  const reference = draft.auth['secret_ref'];
  const chooseSecret = (id: string): void => {
    const { secret_ref: _, ...rest } = draft.auth;
    const secret = new Set(AUTH[draft.authKind].fields.flatMap(({ name, isSecret }) => (isSecret ? [name] : [])));
    const bare = Object.fromEntries(Object.entries(rest).filter(([name]) => !secret.has(name)));
    onChange({ auth: id === '' ? rest : { ...bare, secret_ref: id } });
  };
  const isRequired = ({ isOptional }: AuthField): boolean =>
    reference === undefined && (needed !== undefined || (!isOptional && !kept));
  const helpOf = ({ help, isSecret }: AuthField): string | undefined =>
    !isSecret
      ? help
      : reference !== undefined
        ? 'It is taken from the secret that is named here.'
        : kept && needed === undefined
          ? 'One is kept. Left empty, it stays.'
          : 'Sealed; shown to nobody again.';
  return (
    <>
      {kinds.length > 1 && (
        <Labelled label="Sign-in">
          {(control) => (
            <select
              {...control}
              value={draft.authKind}
              onChange={({ target }) => onChange({ authKind: target.value as AuthKind })}
              className="control"
            >
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {AUTH[kind].label}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        {AUTH[draft.authKind].fields.map((field) => (
          <Labelled
            key={`${draft.authKind} ${field.name}`}
            label={field.label}
            help={helpOf(field)}
            error={field.isSecret ? needed : undefined}
          >
            {(control) =>
              field.values === undefined ? (
                <input
                  {...control}
                  type={field.isSecret ? 'password' : 'text'}
                  autoComplete={field.isSecret ? 'new-password' : 'off'}
                  spellCheck={false}
                  required={field.isSecret ? isRequired(field) : !field.isOptional}
                  disabled={field.isSecret && reference !== undefined}
                  value={field.isSecret && reference !== undefined ? '' : (draft.auth[field.name] ?? '')}
                  onChange={({ target }) => set(field.name, target.value)}
                  className="control"
                />
              ) : (
                <select
                  {...control}
                  value={draft.auth[field.name] ?? field.values[0]}
                  onChange={({ target }) => set(field.name, target.value)}
                  className="control"
                >
                  {field.values.map((value) => (
                    <option key={value}>{value}</option>
                  ))}
                </select>
              )
            }
          </Labelled>
        ))}
        {AUTH[draft.authKind].fields.some(({ isSecret }) => isSecret) && (
          <SecretField reference={reference} onChoose={chooseSecret} />
        )}
      </div>
    </>
  );
}
