import './open-early.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { lookForNewerBuild } from './api/newer-build.ts';
import { queries } from './api/query-client.ts';
import { router } from './router.tsx';
import { applyTheme } from './shell/theme.ts';
import { Notices } from './ui/notices.tsx';
import './style.css';

applyTheme();
// A link that is pointed at loads code too: what is on the page stays, whatever came of that.
addEventListener('vite:preloadError', () => void lookForNewerBuild());

// The code of the page comes while the session is asked for, not after it.
for (const route of router.getMatchedRoutes(router.latestLocation.pathname)[0]) {
  void router.loadRouteChunk(route)?.catch(() => undefined);
}

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element for the app');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <Notices />
    </QueryClientProvider>
  </StrictMode>,
);
