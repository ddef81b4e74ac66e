import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('film/main.ts', import.meta.url));

/** Draws an episode into `path` unless it is there. A file that is there is whole: it is written beside and renamed. */
export async function drawFilm(
  episode: 1 | 2,
  path: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<void> {
  if (
    await access(path).then(
      () => true,
      () => false,
    )
  )
    return;
  const child = spawn(process.execPath, [main, `${episode}`, path], {
    // Its standard input stays open as long as somebody waits for the film; it stops when that closes.
    stdio: ['pipe', 'ignore', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-2_000)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`Episode ${episode} could not be drawn: ${said.trim()}`);
}
