import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { askJson } from '../../api/client.ts';
import { queries } from '../../api/query-client.ts';
import { setSignedOut } from '../../api/signed-out.ts';
import { Button } from '../../ui/Button.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Card } from './Card.tsx';

/** The key behind the # of the link that a first start prints. What is there is sent to no server; it leaves the address at once. */
function keyOfLink(): string {
  const key = new URLSearchParams(location.hash.slice(1)).get('key') ?? '';
  if (key !== '') history.replaceState(history.state, '', location.pathname);
  return key;
}

/** The first person of a new server gives themselves an address and a password, with the key of its first start. */
export function Welcome() {
  const router = useRouter();
  const [fromLink] = useState(keyOfLink);
  const setUp = useMutation({
    // It holds a password.
    gcTime: 0,
    mutationFn: async ({ key, email, password }: { key: string; email: string; password: string }) => {
      await askJson('POST', '/people/me/password', { key: key.trim(), body: { email, password } });
      await askJson('POST', '/session', { body: { email, password } });
    },
    onSuccess: async () => {
      queries.clear();
      setSignedOut(false);
      await router.navigate({ to: '/new' });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (name: string): string => String(form.get(name) ?? '');
    setUp.mutate({ key: fromLink || of('key'), email: of('email'), password: of('password') });
  };
  return (
    <Card title="Set up your account">
      <form onSubmit={submit} className="flex flex-col gap-3">
        {fromLink === '' && (
          <Labelled label="Key" help="The server printed it when it started for the first time.">
            {(control) => <input {...control} name="key" required autoComplete="off" className="control font-mono" />}
          </Labelled>
        )}
        <Labelled label="E-mail address" help="To sign in with. Nothing is sent to it.">
          {(control) => (
            <input {...control} name="email" type="email" autoComplete="username" required className="control" />
          )}
        </Labelled>
        <Labelled label="Password" help="At least 12 characters.">
          {(control) => (
            <input
              {...control}
              name="password"
              type="password"
              autoComplete="new-password"
              minLength={12}
              required
              className="control"
            />
          )}
        </Labelled>
        <ProblemNote error={setUp.error} />
        <Button look="primary" type="submit" busy={setUp.isPending}>
          Start
        </Button>
      </form>
    </Card>
  );
}
