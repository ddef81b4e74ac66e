import { writeFile } from 'node:fs/promises';
import { defineConfig, type Plugin } from 'vite';

/** Vite's manifest as a module that the Worker bundles (web/assets.d.ts says why). */
const assetsModule = (): Plugin => ({
  name: 'engawa-assets-module',
  async writeBundle(_options, bundle) {
    const manifest = bundle['.vite/manifest.json'];
    if (manifest?.type !== 'asset') throw new Error('vite wrote no manifest');
    await writeFile('web/dist/.vite/assets.js', `export default ${String(manifest.source)};\n`);
  },
});

/**
 * Vite wraps each import() in a loader of 0.9 kB that preloads the chunk's own styles. Ours have none (entries import every style),
 * and the edge names the scripts a page needs in its <head>, so an import() stays one.
 */
const plainImports = (): Plugin => ({
  name: 'engawa-plain-imports',
  enforce: 'pre',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk' && chunk.isDynamicEntry && chunk.viteMetadata?.importedCss.size)
        this.error(
          `${chunk.name} imports a style but is no entry: import it in web/site.css, web/waking.css or web/admin/app.tsx`,
        );
  },
});

// Two programs: the viewer's site, and the dashboard that viewers never download. Pages are chunks of the first.
export default defineConfig({
  publicDir: 'web/public',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'web/dist',
    manifest: true,
    assetsInlineLimit: 0, // a policy allows no font from data:, and an unused one should not be loaded
    target: 'es2023',
    // light-dark() as it is: made into custom properties for older browsers, a dark part of a light page would be light.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    modulePreload: false, // the edge names what a page needs in its <head>
    chunkSizeWarningLimit: 700, // hls.js, fetched only when something plays
    rolldownOptions: {
      input: ['web/client.ts', 'web/waking.css', 'web/admin/app.tsx'],
      // What nearly every page that wakes up uses is one file: it compresses better than ten.
      output: {
        codeSplitting: {
          groups: [
            // Of the entry and of what wakes up: in neither's own file, or the entry would load all of `base`.
            { name: 'start', test: /vite\/preload-helper|web\/(api|display|signing-out)\.ts$/ },
            {
              name: 'base',
              test: /node_modules\/preact|web\/(paths|visit|wake|i18n\/(i18n|families)|ui\/(button|icon))\.tsx?$/,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' }, // libass begins as a module
  plugins: [plainImports(), assetsModule()],
});
