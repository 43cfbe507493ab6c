// Builds the web app into packages/web/dist/app: files with hashes in their names, compressed ahead of time.
import tailwindcss from '@tailwindcss/vite';
import { build } from 'vite';
import { compressFiles } from './compress-files.mjs';
import { monacoStyles } from './monaco-styles.mjs';
import { at } from './workspace.mjs';

const outDir = at('packages', 'web', 'dist', 'app');

await build({
  root: at('packages', 'web'),
  base: '/app/',
  configFile: false,
  logLevel: 'warn',
  plugins: [tailwindcss(), monacoStyles()],
  // Packages of the workspace mean their sources: those are for browsers as well, what they are built into is for Node.
  resolve: { conditions: ['datamaker-source', 'browser', 'module', 'import', 'default'] },
  json: { stringify: true },
  worker: { format: 'es' },
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2023',
    // Nothing becomes a `data:` address that the policy of the page would refuse.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // What the files are made of is for whoever gets them.
    license: { fileName: 'licences.md' },
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // Libraries mark files for servers that render React, which this build does not do.
      onLog: (level, log, tell) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log);
      },
    },
  },
});

compressFiles(outDir);
