import { useQuery } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { askJson } from '../api/client.ts';
import { chosenProject, forgetProject } from '../api/project.ts';
import { projectsQuery, workspaceQuery } from '../api/queries.ts';
import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { notify } from '../ui/notices.tsx';
import { isFor, NAVIGATION } from './navigation.ts';
import { chooseTheme, chosenTheme, THEMES } from './theme.ts';

const THEME_NAMES = { system: 'Theme of the computer', light: 'Light', dark: 'Dark' } as const;

/** The navigation, with the workspace and project on top and whoever is signed in at the bottom. */
export function Sidebar({
  role,
  name,
  openPalette,
}: {
  role: string | undefined;
  name: string;
  openPalette: () => void;
}) {
  return (
    <nav aria-label="Main" className="flex h-full flex-col gap-1 border-r border-line bg-panel p-2 md:w-52">
      <ProjectSwitcher />
      <button
        type="button"
        onClick={openPalette}
        className="mb-2 hidden h-8 items-center gap-2 rounded-md border border-line bg-ground px-2 text-faint hover:border-edge hover:text-quiet md:flex"
      >
        <Icon name="search" />
        <span className="flex-1 text-left">Search</span>
        <kbd className="font-sans text-xs">{/mac/i.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      {NAVIGATION.filter((entry) => isFor(entry, role)).map(({ to, label, icon }) => (
        <Link
          key={to}
          to={to}
          className="flex h-8 items-center gap-2.5 rounded-md px-2 text-quiet hover:bg-sunken hover:text-ink data-[status=active]:bg-sunken data-[status=active]:font-medium data-[status=active]:text-ink"
        >
          <Icon name={icon} className="text-faint" />
          {label}
        </Link>
      ))}
      <a
        href="/docs"
        target="_blank"
        rel="noreferrer"
        className="flex h-8 items-center gap-2.5 rounded-md px-2 text-quiet hover:bg-sunken hover:text-ink"
      >
        <Icon name="code" className="text-faint" />
        API reference
      </a>
      <div className="mt-auto pt-2">
        <AccountMenu name={name} />
      </div>
    </nav>
  );
}

function ProjectSwitcher() {
  const router = useRouter();
  const { data: workspace } = useQuery(workspaceQuery);
  const { data: projects } = useQuery(projectsQuery);
  // The list has the newest first; without a choice requests work in the oldest.
  const current = projects?.items.find(({ id }) => id === chosenProject()) ?? projects?.items.at(-1);
  return (
    <Menu
      align="start"
      items={(projects?.items ?? []).map(({ id, name }) => ({
        label: name,
        checked: id === current?.id,
        onSelect: () => void router.navigate({ to: '/projects/$id', params: { id } }),
      }))}
      trigger={
        <button
          type="button"
          className="mb-1 flex h-11 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-sunken"
        >
          <img src="/app/icon.svg" alt="" className="size-7" />
          <span className="min-w-0 flex-1 leading-tight">
            <span className="block truncate font-semibold">{workspace?.name ?? 'DataMaker'}</span>
            <span className="block truncate text-xs text-faint">{current?.name ?? 'Project'}</span>
          </span>
          <Icon name="down" className="text-faint" />
        </button>
      }
    />
  );
}

function AccountMenu({ name }: { name: string }) {
  const signOut = async (): Promise<void> => {
    await askJson('DELETE', '/session').catch((error: Error) => notify(error.message));
    forgetProject();
    location.assign('/app/sign-in');
  };
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex h-9 w-full items-center gap-2 rounded-md px-1.5 text-left hover:bg-sunken"
        >
          <span className="flex size-6 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent">
            {name.slice(0, 1).toUpperCase()}
          </span>
          <span className="min-w-0 flex-1 truncate text-quiet">{name}</span>
          <Icon name="more" className="text-faint" />
        </button>
      }
      items={[
        ...THEMES.map((theme) => ({
          label: THEME_NAMES[theme],
          checked: theme === chosenTheme(),
          onSelect: () => chooseTheme(theme),
        })),
        { label: 'Sign out', onSelect: () => void signOut() },
      ]}
    />
  );
}
