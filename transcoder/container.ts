import { readFile, writeFile } from 'node:fs/promises';
import process from 'node:process';

/** The packages that the transcoder imports; the image installs these, in the versions of the lock file, and no others. */
export const needed = [
  '@aws-sdk/client-s3',
  '@aws-sdk/s3-request-presigner',
  'chardet',
  'fluent-ffmpeg',
  'subset-font',
  'thumbhash',
  'valibot',
] as const;

type Manifest = { type: string; dependencies: Record<string, string> };

/** The project's manifest, as far as the image needs it. */
export const trimmed = ({ type, dependencies }: Manifest): Manifest => ({
  type,
  dependencies: Object.fromEntries(needed.map((name) => [name, dependencies[name] ?? ''])),
});

// `node transcoder/container.ts` in the image's build: replaces its copy of package.json.
if (import.meta.main && process.argv[2] === 'trim') {
  const manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
  await writeFile('package.json', JSON.stringify(trimmed(manifest)));
}
