import { queryOptions, useQuery } from '@tanstack/react-query';
import { askJson } from '../../api/client.ts';

/** What the server says of itself to anybody. */
const serviceQuery = queryOptions({
  queryKey: ['service'],
  queryFn: () => askJson<{ readonly sign_in: readonly string[] }>('GET', '/'),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The way in with OpenID Connect, where the server has it. @param isApart in a tab of its own, so that this page stays as it is */
export function OrganisationLink({ isApart = false }: { isApart?: boolean }) {
  const { data: service } = useQuery(serviceQuery);
  if (service?.sign_in.includes('oidc') !== true) return null;
  return (
    <a
      href="/session/oidc"
      {...(isApart ? { target: '_blank', rel: 'noreferrer' } : {})}
      className="mt-3 flex h-8 items-center justify-center rounded-md border border-edge text-sm hover:bg-sunken"
    >
      Sign in with your organisation{isApart && ' in a new tab'}
    </a>
  );
}
