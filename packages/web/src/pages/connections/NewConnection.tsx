import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { askJson } from '../../api/client.ts';
import type { Connection } from '../../api/types.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

/** The systems, with an address as is usual for each. */
const SYSTEMS = {
  postgres: { label: 'PostgreSQL', url: 'postgres://db.example.org:5432/shop' },
  mysql: { label: 'MySQL, MariaDB', url: 'mysql://db.example.org:3306/shop' },
  mssql: { label: 'SQL Server', url: 'mssql://db.example.org:1433/shop' },
  oracle: { label: 'Oracle', url: 'oracle://db.example.org:1521/shop' },
  db2: { label: 'Db2', url: 'db2://db.example.org:50000/shop' },
  mongodb: { label: 'MongoDB', url: 'mongodb://db.example.org:27017/shop' },
  rest: { label: 'REST', url: 'https://api.example.org/v1' },
  sap_odata: { label: 'SAP OData', url: 'https://sap.example.org/sap/opu/odata/sap/API_BUSINESS_PARTNER' },
} as const;

/** A form for a connection; when it is made it says whether the system was reached, and else what is in the way. */
export function NewConnection({ onClose }: { onClose: () => void }) {
  const [type, setType] = useState<keyof typeof SYSTEMS>('postgres');
  const create = useMutation({
    mutationFn: (body: object) => askJson<Connection>('POST', '/connections', { body }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (name: string): string => String(form.get(name) ?? '');
    const [username, password] = [of('username'), of('password')];
    create.mutate({
      type,
      name: of('name'),
      url: of('url'),
      readOnly: form.get('readOnly') !== null,
      ...(username === '' && password === '' ? {} : { auth: { type: 'basic', username, password } }),
    });
  };
  const made = create.data;
  return (
    <Dialog title="New connection" onClose={onClose}>
      {made === undefined ? (
        <form onSubmit={submit} className="flex flex-col gap-3">
          <div className="grid grid-cols-2 gap-3">
            <Labelled label="System">
              {(control) => (
                <select
                  {...control}
                  value={type}
                  onChange={({ target }) => setType(target.value as keyof typeof SYSTEMS)}
                  className="control"
                >
                  {Object.entries(SYSTEMS).map(([key, { label }]) => (
                    <option key={key} value={key}>
                      {label}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
            <Labelled label="Name">
              {(control) => (
                <input {...control} name="name" required maxLength={200} autoComplete="off" className="control" />
              )}
            </Labelled>
          </div>
          <Labelled label="Address" help="The server opens private addresses only where its operator allows them.">
            {(control) => (
              <input
                {...control}
                name="url"
                required
                placeholder={SYSTEMS[type].url}
                autoComplete="off"
                spellCheck={false}
                className="control font-mono text-xs"
              />
            )}
          </Labelled>
          <div className="grid grid-cols-2 gap-3">
            <Labelled label="User">
              {(control) => <input {...control} name="username" autoComplete="off" className="control" />}
            </Labelled>
            <Labelled label="Password" help="Sealed; shown to nobody again.">
              {(control) => (
                <input {...control} name="password" type="password" autoComplete="new-password" className="control" />
              )}
            </Labelled>
          </div>
          <label className="flex items-center gap-2">
            <input type="checkbox" name="readOnly" className="size-4 accent-accent" /> Never change anything through it
          </label>
          <ProblemNote error={create.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button look="primary" type="submit" busy={create.isPending}>
              Create and try
            </Button>
          </div>
        </form>
      ) : (
        <div className="flex flex-col gap-3">
          <p>
            {made.name} is created.{' '}
            {made.verification.status === 'verified' ? (
              <Badge tone="good">reached</Badge>
            ) : (
              <Badge tone="warn">not reached</Badge>
            )}
          </p>
          {made.verification.message !== null && <p className="text-quiet">{made.verification.message}</p>}
          {made.verification.hint !== null && <p>{made.verification.hint}</p>}
          <div className="flex justify-end">
            <Button look="primary" onClick={onClose}>
              Close
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
