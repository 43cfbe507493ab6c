import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { codeFrom } from './api/missing-code.ts';
import { Problem } from './api/problem.ts';
import { chooseProject } from './api/project.ts';
import { identityQuery, projectsQuery, templateQuery } from './api/queries.ts';
import { queries } from './api/query-client.ts';
import { catalogueQuery } from './engine/engine.ts';
import { SEED_NAMES } from './pages/connections/seed/seed-search.ts';
import { type ScenarioTab, TABS } from './pages/scenarios/scenario-tabs.ts';
import { SETTINGS_TABS, type SettingsTab } from './pages/settings/settings-tabs.ts';
import { NotFound } from './shell/NotFound.tsx';
import { PageProblem } from './shell/PageProblem.tsx';
import { Shell } from './shell/Shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { to?: string } => {
    const to = text(search['to']);
    // Only a path of the app: a link must not lead elsewhere after the sign-in.
    return to !== undefined && /^\/(?![/\\])/.test(to) ? { to } : {};
  },
  component: lazyRouteComponent(
    codeFrom(() => import('./pages/sign-in/SignIn.tsx')),
    'SignIn',
  ),
});
const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  component: lazyRouteComponent(
    codeFrom(() => import('./pages/sign-in/Welcome.tsx')),
    'Welcome',
  ),
});
const invite = createRoute({
  getParentRoute: () => root,
  path: '/invites/$token',
  component: lazyRouteComponent(
    codeFrom(() => import('./pages/sign-in/AcceptInvite.tsx')),
    'AcceptInvite',
  ),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    try {
      await queries.ensureQueryData(identityQuery);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 401) throw error;
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { to: location.href } });
    }
  },
  component: Shell,
  errorComponent: PageProblem,
});

/** @param texts what of the state of the page is in its address, behind the question mark */
const page = <Path extends string, Module extends Record<string, unknown>, Name extends string = never>(
  path: Path,
  load: () => Promise<Module>,
  name: keyof Module & string,
  texts: readonly Name[] = [],
) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    validateSearch: (search: Record<string, unknown>): { [Known in Name]?: string } =>
      Object.fromEntries(
        texts.flatMap((known) => {
          const value = text(search[known] === undefined ? undefined : String(search[known]));
          return value === undefined ? [] : [[known, value]];
        }),
      ) as { [Known in Name]?: string },
    component: lazyRouteComponent(codeFrom(load) as never, name as never),
    errorComponent: PageProblem,
  });

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/templates' });
  },
});

/** Goes to a project. As an address, so that a page which holds something unsaved is asked before anything is switched. */
const project = createRoute({
  getParentRoute: () => shell,
  path: '/projects/$id',
  beforeLoad: async ({ params: { id } }) => {
    const { items } = await queries.ensureQueryData(projectsQuery);
    if (items.some((one) => one.id === id)) chooseProject(id);
    throw redirect({ to: '/templates' });
  },
});

const editor = createRoute({
  getParentRoute: () => shell,
  path: '/templates/$id',
  validateSearch: (search: Record<string, unknown>): { seed?: string; view?: 'json' | 'columns'; from?: number } => {
    const seed = text(search['seed'] === undefined ? undefined : String(search['seed']));
    const view = search['view'];
    const from = Number(search['from']);
    return {
      ...(seed === undefined ? {} : { seed }),
      ...(view === 'json' || view === 'columns' ? { view } : {}),
      ...(Number.isSafeInteger(from) && from > 0 ? { from } : {}),
    };
  },
  // The engine, the template and the code of the page come at the same time, not each after the other.
  loader: ({ params: { id } }) => {
    void queries.prefetchQuery(catalogueQuery);
    void queries.prefetchQuery(templateQuery(id));
  },
  component: lazyRouteComponent(
    codeFrom(() => import('./pages/templates/TemplatePage.tsx')),
    'TemplatePage',
  ),
  errorComponent: PageProblem,
});

const scenario = createRoute({
  getParentRoute: () => shell,
  path: '/scenarios/$id',
  validateSearch: (search: Record<string, unknown>): { run?: string; tab?: ScenarioTab } => {
    const run = text(search['run']);
    const tab = TABS.find(({ value }) => value === search['tab'])?.value;
    return { ...(run === undefined ? {} : { run }), ...(tab === undefined ? {} : { tab }) };
  },
  component: lazyRouteComponent(
    codeFrom(() => import('./pages/scenarios/ScenarioPage.tsx')),
    'ScenarioPage',
  ),
  errorComponent: PageProblem,
});

const set = createRoute({
  getParentRoute: () => shell,
  path: '/sets/$name',
  validateSearch: (
    search: Record<string, unknown>,
  ): { version?: number; from?: number; against?: number | undefined } =>
    Object.fromEntries(
      ['version', 'from', 'against']
        .map((name) => [name, Number(search[name])] as const)
        .filter(([, value]) => Number.isSafeInteger(value) && value > 0),
    ),
  component: lazyRouteComponent(
    codeFrom(() => import('./pages/sets/SetPage.tsx')),
    'SetPage',
  ),
  errorComponent: PageProblem,
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>): { tab?: SettingsTab } => {
    const tab = SETTINGS_TABS.find(({ value }) => value === search['tab'])?.value;
    return tab === undefined ? {} : { tab };
  },
  component: lazyRouteComponent(
    codeFrom(() => import('./pages/settings/Settings.tsx')),
    'Settings',
  ),
  errorComponent: PageProblem,
});

const tree = root.addChildren([
  signIn,
  welcome,
  invite,
  shell.addChildren([
    home,
    project,
    page('/new', () => import('./pages/start/Start.tsx'), 'Start'),
    page('/templates', () => import('./pages/templates/Templates.tsx'), 'Templates'),
    editor,
    page('/sets', () => import('./pages/sets/Sets.tsx'), 'Sets'),
    set,
    page('/files', () => import('./pages/Files.tsx'), 'Files'),
    page('/runs', () => import('./pages/runs/Runs.tsx'), 'Runs'),
    page('/runs/$id', () => import('./pages/runs/RunPage.tsx'), 'RunPage'),
    page('/connections', () => import('./pages/connections/Connections.tsx'), 'Connections'),
    page('/connections/new', () => import('./pages/connections/form/NewConnection.tsx'), 'NewConnection', ['type']),
    page('/connections/deleted', () => import('./pages/connections/DeletedConnections.tsx'), 'DeletedConnections'),
    page('/connections/$id', () => import('./pages/connections/browse/BrowsePage.tsx'), 'BrowsePage', [
      ...(['schema', 'table', 'view', 'find'] as const),
    ]),
    page('/connections/$id/diagram', () => import('./pages/connections/diagram/DiagramPage.tsx'), 'DiagramPage', [
      ...(['schema', 'table'] as const),
    ]),
    page('/connections/$id/push', () => import('./pages/connections/push/PushPage.tsx'), 'PushPage', [
      ...(['template', 'schema', 'table'] as const),
    ]),
    page('/connections/$id/seed', () => import('./pages/connections/seed/SeedPage.tsx'), 'SeedPage', SEED_NAMES),
    page('/connections/$id/edit', () => import('./pages/connections/form/EditConnection.tsx'), 'EditConnection'),
    page('/scenarios', () => import('./pages/scenarios/Scenarios.tsx'), 'Scenarios'),
    scenario,
    page('/chats', () => import('./pages/chats/Chats.tsx'), 'Chats'),
    page('/chats/$id', () => import('./pages/chats/ChatPage.tsx'), 'ChatPage'),
    page('/people', () => import('./pages/settings/People.tsx'), 'People'),
    page('/secrets', () => import('./pages/settings/Secrets.tsx'), 'Secrets'),
    settings,
    page('/keys', () => import('./pages/Keys.tsx'), 'Keys'),
    page('/audit', () => import('./pages/Audit.tsx'), 'Audit'),
  ]),
]);

/** Every page has an address, under /app. */
export const router = createRouter({
  routeTree: tree,
  basepath: '/app',
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
