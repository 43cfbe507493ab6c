import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { queries } from '../../api/query-client.ts';
import { setSignedOut } from '../../api/signed-out.ts';
import { Card } from './Card.tsx';
import { OrganisationLink } from './OrganisationLink.tsx';
import { SignInForm } from './SignInForm.tsx';

const route = getRouteApi('/sign-in');

/** The way in with a password, or with OpenID Connect where the server has it. */
export function SignIn() {
  const router = useRouter();
  const { to = '/' } = route.useSearch();
  const done = async (): Promise<void> => {
    queries.clear();
    setSignedOut(false);
    await router.navigate({ href: to });
  };
  return (
    <Card title="Sign in to DataMaker">
      <SignInForm onDone={() => void done()} />
      <OrganisationLink />
      <p className="mt-5 border-t border-line pt-4 text-quiet">
        Did you just start this server?{' '}
        <Link to="/welcome" className="text-accent underline underline-offset-2">
          Set up your account
        </Link>{' '}
        with the key that it printed.
      </p>
    </Card>
  );
}
