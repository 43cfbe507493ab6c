import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { askJson } from '../../api/client.ts';
import { queries } from '../../api/query-client.ts';
import { setSignedOut } from '../../api/signed-out.ts';
import { Button } from '../../ui/Button.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Card } from './Card.tsx';

const route = getRouteApi('/invites/$token');

/** Somebody takes an invite: makes an account and is signed in. */
export function AcceptInvite() {
  const router = useRouter();
  const { token } = route.useParams();
  const accept = useMutation({
    // It holds a password.
    gcTime: 0,
    mutationFn: (body: Record<string, unknown>) =>
      askJson('POST', `/invites/${encodeURIComponent(token)}/accept`, { body }),
    onSuccess: async () => {
      queries.clear();
      setSignedOut(false);
      await router.navigate({ to: '/templates' });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    accept.mutate(Object.fromEntries(new FormData(event.currentTarget)));
  };
  return (
    <Card title="You are invited to DataMaker">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Labelled label="Your name">
          {(control) => (
            <input {...control} name="name" autoComplete="name" required maxLength={200} className="control" />
          )}
        </Labelled>
        <Labelled label="E-mail address">
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
        <ProblemNote error={accept.error} />
        <Button look="primary" type="submit" busy={accept.isPending}>
          Join
        </Button>
      </form>
    </Card>
  );
}
