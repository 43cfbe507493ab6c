import { queries } from '../api/query-client.ts';
import { setSignedOut } from '../api/signed-out.ts';
import { SignInForm } from '../pages/sign-in/SignInForm.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** Asks for a session over the page, which keeps what was typed into it. */
export const SignInAgain = () => (
  <Dialog title="Your session has ended">
    <p className="mb-4 text-quiet">Sign in to go on. What you were working on is still there behind this.</p>
    <SignInForm
      onDone={() => {
        setSignedOut(false);
        void queries.invalidateQueries();
      }}
    />
  </Dialog>
);
