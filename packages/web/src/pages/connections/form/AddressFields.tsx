import { Labelled } from '../../../ui/Labelled.tsx';
import { type ConnectionDraft, readDatabaseUrl } from './connection-draft.ts';
import { systemOf } from './systems.ts';

const POLICY = 'The server opens private addresses only where its operator allows them.';

/** Where a system is: host, port and database, or a URL. A URL that is pasted for the host is taken apart. */
export function AddressFields({
  draft,
  onChange,
}: {
  draft: ConnectionDraft;
  onChange: (part: Partial<ConnectionDraft>) => void;
}) {
  const { database, url } = systemOf(draft.type);
  const usual = readDatabaseUrl(url);
  if (database === undefined) {
    return (
      <Labelled label="Address" help={POLICY}>
        {(control) => (
          <input
            {...control}
            required
            maxLength={4000}
            autoComplete="off"
            spellCheck={false}
            placeholder={url}
            value={draft.url}
            onChange={({ target }) => onChange({ url: target.value })}
            className="control font-mono text-xs"
          />
        )}
      </Labelled>
    );
  }
  const setHost = (text: string): void => {
    const { auth, ...parts } = (text.includes('://') ? readDatabaseUrl(text) : undefined) ?? { host: text };
    onChange({ ...parts, ...(auth === undefined ? {} : { auth: { ...draft.auth, ...auth } }) });
  };
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-3">
        <Labelled label="Host" help={`Or paste an address such as ${url}. ${POLICY}`}>
          {(control) => (
            <input
              {...control}
              required
              autoComplete="off"
              spellCheck={false}
              placeholder={usual?.host}
              value={draft.host}
              onChange={({ target }) => setHost(target.value)}
              className="control font-mono text-xs"
            />
          )}
        </Labelled>
        <Labelled label="Port">
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              pattern="[0-9]{1,5}"
              autoComplete="off"
              placeholder={usual?.port}
              value={draft.port}
              onChange={({ target }) => onChange({ port: target.value })}
              className="control font-mono text-xs"
            />
          )}
        </Labelled>
      </div>
      <Labelled label={database}>
        {(control) => (
          <input
            {...control}
            required
            autoComplete="off"
            spellCheck={false}
            placeholder={usual?.database}
            value={draft.database}
            onChange={({ target }) => onChange({ database: target.value })}
            className="control font-mono text-xs"
          />
        )}
      </Labelled>
      {draft.parameters !== '' && (
        <Labelled label="Parameters of the address">
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={draft.parameters}
              onChange={({ target }) => onChange({ parameters: target.value })}
              className="control font-mono text-xs"
            />
          )}
        </Labelled>
      )}
    </>
  );
}
