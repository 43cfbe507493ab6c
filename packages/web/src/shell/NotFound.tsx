import { Link } from '@tanstack/react-router';

/** What an address shows that no page has. */
export const NotFound = () => (
  <main className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-20 text-center">
    <h1 className="text-base font-semibold">There is no such page</h1>
    <p className="text-quiet">The address is mistyped, or what it led to was deleted.</p>
    <Link to="/templates" className="mt-2 text-accent underline underline-offset-2">
      Go to the templates
    </Link>
  </main>
);
