import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { keysOf, listen, shut, type Rig } from '../../transcoder/testing/rig.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const { resolve } = createRequire(import.meta.url);
const never = new AbortController().signal;

/** Players of others, each by the script that its makers publish; native: none but the browser's own. */
export const players = {
  'hls.js': resolve('hls.js/dist/hls.min.js'),
  'shaka-player': resolve('shaka-player'),
  'video.js': resolve('video.js/dist/video.min.js'),
  native: null,
} as const;
export type PlayerName = keyof typeof players;

const types: Readonly<Record<string, string>> = {
  m3u8: 'application/vnd.apple.mpegurl',
  m4s: 'video/mp4',
  mp4: 'video/mp4',
  vtt: 'text/vtt',
};

/**
 * What any web server would do with an asset's folder: its files as they are, and the keys for whoever asks; and a page for each
 * player.
 */
export async function serve(rig: Rig): Promise<{ origin: string; close(): Promise<void> }> {
  const keys = keysOf(100);
  const answer = async (path: string): Promise<{ type: string; body: Uint8Array | string }> => {
    const period = /\/key\/(\d+)$/.exec(path)?.[1];
    if (period !== undefined)
      return { type: 'application/octet-stream', body: Buffer.from(keys[period] ?? '', 'base64url') };
    if (path.startsWith('hls/')) {
      const type = types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      return { type, body: await rig.store.get(path, { signal: never }) };
    }
    if (path === 'page.js') return { type: 'text/javascript', body: await readFile(here('page.js')) };
    const [kind, name] = path.split('/') as [string, PlayerName];
    const script = players[name];
    if (kind === 'script' && script) return { type: 'text/javascript', body: await readFile(script) };
    const own = script ? `<script src="/script/${name}"></script>` : '';
    const page = `<!doctype html><title>${name}</title><video width="640" height="360" class="video-js"></video>${own}<script type="module" src="/page.js"></script>`;
    return { type: 'text/html', body: page };
  };
  const server = createServer((request, response) => {
    answer(decodeURIComponent((request.url ?? '/').slice(1).split('?')[0] ?? '')).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  return { origin: await listen(server), close: () => shut(server) };
}
