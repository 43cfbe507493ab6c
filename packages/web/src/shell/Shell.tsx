import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useNewerBuild } from '../api/newer-build.ts';
import { chosenProject } from '../api/project.ts';
import { identityQuery } from '../api/queries.ts';
import { useSignedOut } from '../api/signed-out.ts';
import { useUnreached } from '../api/unreached.ts';
import { IconButton } from '../ui/Button.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { NewerBanner } from './NewerBanner.tsx';
import { Sidebar } from './Sidebar.tsx';
import { SignInAgain } from './SignInAgain.tsx';
import { UnreachedBanner } from './UnreachedBanner.tsx';

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const [palette, setPalette] = useState(false);
  const [menu, setMenu] = useState(false);
  const signedOut = useSignedOut();
  const isUnreached = useUnreached();
  const isNewer = useNewerBuild();
  const { pathname } = useLocation();
  const { data: identity } = useQuery(identityQuery);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setPalette((open) => !open);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu that led to it
  useEffect(() => setMenu(false), [pathname]);

  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <a href="#page" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-panel focus:p-2">
        Skip to the page
      </a>
      <header className="flex items-center gap-1 border-b border-line bg-panel px-2 py-1.5 md:hidden">
        <IconButton
          label={menu ? 'Close the menu' : 'Open the menu'}
          icon="menu"
          aria-expanded={menu}
          onClick={() => setMenu(!menu)}
        />
        <span className="flex-1 font-semibold tracking-tight">DataMaker</span>
        <IconButton label="Search and commands" icon="search" onClick={() => setPalette(true)} />
      </header>
      <div className={`${menu ? 'block' : 'hidden'} shrink-0 md:block`}>
        <Sidebar role={identity?.person.role} name={identity?.person.name ?? ''} openPalette={() => setPalette(true)} />
      </div>
      <main
        id="page"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        className="min-h-0 min-w-0 flex-1 overflow-y-auto -outline-offset-2"
      >
        {isUnreached && <UnreachedBanner />}
        {isNewer && !isUnreached && <NewerBanner />}
        {/* Of another project each page begins anew. */}
        <Outlet key={chosenProject() ?? ''} />
      </main>
      {palette && <CommandPalette role={identity?.person.role} close={() => setPalette(false)} />}
      {signedOut && <SignInAgain />}
    </div>
  );
}
