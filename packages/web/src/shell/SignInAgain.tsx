import { useEffect } from 'react';
import { askJson } from '../api/client.ts';
import { queries } from '../api/query-client.ts';
import { setSignedOut } from '../api/signed-out.ts';
import { OrganisationLink } from '../pages/sign-in/OrganisationLink.tsx';
import { SignInForm } from '../pages/sign-in/SignInForm.tsx';
import { Dialog } from '../ui/Dialog.tsx';

const goOn = (): void => {
  setSignedOut(false);
  void queries.invalidateQueries();
};

/** Asks for a session over the page, which keeps what was typed into it. */
export function SignInAgain() {
  useEffect(() => {
    // Whoever comes back from another tab may have signed in there.
    const look = (): void => void askJson('GET', '/session').then(goOn, () => undefined);
    addEventListener('focus', look);
    return () => removeEventListener('focus', look);
  }, []);
  return (
    <Dialog title="Your session has ended">
      <p className="mb-4 text-quiet">Sign in to go on. What you were working on is still there behind this.</p>
      <SignInForm onDone={goOn} />
      <OrganisationLink isApart />
    </Dialog>
  );
}
