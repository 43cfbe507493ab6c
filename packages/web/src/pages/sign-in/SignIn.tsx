import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { askJson } from '../../api/client.ts';
import { queries } from '../../api/query-client.ts';
import { setSignedOut } from '../../api/signed-out.ts';
import { Card } from './Card.tsx';
import { SignInForm } from './SignInForm.tsx';

/** What the server says of itself to anybody. */
const serviceQuery = queryOptions({
  queryKey: ['service'],
  queryFn: () => askJson<{ readonly sign_in: readonly string[] }>('GET', '/'),
  staleTime: Number.POSITIVE_INFINITY,
});

const route = getRouteApi('/sign-in');

/** The way in with a password, or with OpenID Connect where the server has it. */
export function SignIn() {
  const router = useRouter();
  const { to = '/' } = route.useSearch();
  const { data: service } = useQuery(serviceQuery);
  const done = async (): Promise<void> => {
    queries.clear();
    setSignedOut(false);
    await router.navigate({ href: to });
  };
  return (
    <Card title="Sign in to DataMaker">
      <SignInForm onDone={() => void done()} />
      {service?.sign_in.includes('oidc') && (
        <a
          href="/session/oidc"
          className="mt-3 flex h-8 items-center justify-center rounded-md border border-edge text-sm hover:bg-sunken"
        >
          Sign in with your organisation
        </a>
      )}
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
