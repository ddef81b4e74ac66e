import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { aptInstall, mayInstall } from '../local/ffmpeg.ts';
import type { Progress } from '../local/screen.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** A Chromium for the journeys: the one CHROMIUM names, else the first on PATH. */
export async function chromium(): Promise<string | null> {
  const named = process.env['CHROMIUM'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [
    ...(named ? [named] : []),
    ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
    MAC,
  ];
  for (const path of candidates)
    try {
      await access(path, constants.X_OK);
      return path;
    } catch {
      // not there
    }
  return null;
}

/** Finds Chromium or installs Debian's. @returns its path, or how to get one */
export async function findChromium(progress: Progress): Promise<{ path: string } | { howTo: string }> {
  const found = await chromium();
  if (found) return { path: found };
  if (await mayInstall()) {
    await aptInstall(['chromium'], progress);
    const installed = await chromium();
    if (installed) return { path: installed };
  }
  return {
    howTo: 'The journeys need Chromium on PATH, or CHROMIUM=/path/to/it: sudo apt-get install chromium',
  };
}
