import { writeFile } from 'node:fs/promises';
import { defineConfig, type Plugin } from 'vite';

/** Vite's manifest as a module that the Worker bundles (web/assets.d.ts says why). */
const assetsModule = (): Plugin => ({
  name: 'engawa-assets-module',
  async writeBundle(_options, bundle) {
    const manifest = bundle['.vite/manifest.json'];
    if (manifest?.type !== 'asset') throw new Error('vite wrote no manifest');
    await writeFile('web/assets.gen.js', `export default ${String(manifest.source)};\n`);
  },
});

// Two programs: the viewer's site, and the dashboard that viewers never download. Pages are chunks of the first.
export default defineConfig({
  publicDir: 'web/public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'web/dist',
    manifest: true,
    target: 'es2023',
    modulePreload: false, // the edge names what a page needs in its <head>
    rolldownOptions: { input: ['web/client.tsx', 'web/admin/app.tsx'] },
  },
  plugins: [assetsModule()],
});
