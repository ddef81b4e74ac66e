import { seedDemo } from '../demo/seed.ts';
import { told } from './command.ts';
import { people } from './people.ts';
import type { SeedLine } from './seed-line.ts';
import { freshBearer } from './session.ts';

// A process of its own (usage: `node seed.ts ORIGIN CACHE`): drawing would keep the store and the CDN from answering.
const [origin = '', cacheDir = ''] = process.argv.slice(2);
const say = (line: SeedLine) => console.log(JSON.stringify(line));
const SOON_MS = 1_000;

try {
  const { titles, uploading } = await seedDemo({
    origin,
    editorToken: freshBearer(origin, people.editor),
    adminToken: freshBearer(origin, people.admin),
    cacheDir,
    onProgress: (note) => say({ kind: 'progress', note }),
    onFilm: (note) => say({ kind: 'film', note }),
  });
  // Where every film is published already, there is nothing to wait for.
  const later = new Promise<boolean>((resolve) => setTimeout(() => resolve(true), SOON_MS));
  const encoding = await Promise.race([uploading.then(() => false), later]);
  say({ kind: 'catalogue', titles, encoding });
  await uploading;
} catch (error) {
  say({ kind: 'failed', words: told(error).words });
  process.exit(1);
}
