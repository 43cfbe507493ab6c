import { Labelled } from '../../ui/Labelled.tsx';

/** Takes hosts, one a line, as `hosts` of a form. */
export function HostsField({ hosts }: { hosts: readonly string[] }) {
  return (
    <Labelled
      label="Hosts"
      help="Where connections may send it, one a line: db.example.org:5432, db.example.org for any port, *.example.org for all beneath. Saving a connection adds its host."
    >
      {(control) => (
        <textarea
          {...control}
          name="hosts"
          rows={Math.min(Math.max(hosts.length + 1, 2), 12)}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          defaultValue={hosts.join('\n')}
          className="control h-auto w-full resize-y py-1.5 font-mono"
        />
      )}
    </Labelled>
  );
}
