import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { askJson } from '../../api/client.ts';
import { Button } from '../../ui/Button.tsx';
import { Labelled } from '../../ui/Labelled.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

/** E-mail address and password. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const signIn = useMutation({
    // It holds a password.
    gcTime: 0,
    mutationFn: (body: Record<string, unknown>) => askJson('POST', '/session', { body }),
    onSuccess: onDone,
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    signIn.mutate(Object.fromEntries(new FormData(event.currentTarget)));
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3">
      <Labelled label="E-mail address">
        {(control) => (
          <input {...control} name="email" type="email" autoComplete="username" required className="control" />
        )}
      </Labelled>
      <Labelled label="Password">
        {(control) => (
          <input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            className="control"
          />
        )}
      </Labelled>
      {/* Refused sign-ins are no ended session. */}
      <ProblemNote error={signIn.error} />
      <Button look="primary" type="submit" busy={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}
