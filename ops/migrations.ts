import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

// Nothing is deployed yet, so there is one first migration, made anew from schema/db, and after it what Drizzle has no words for:
// the full-text tables of schema/db/search.sql.
const FOLDER = 'schema/db/migrations';
const generate = (...options: string[]) =>
  execFileSync('drizzle-kit', ['generate', ...options], { stdio: 'inherit' });

rmSync(FOLDER, { recursive: true, force: true });
generate('--name', 'first_light');
generate('--custom', '--name', 'search');
const made = readdirSync(FOLDER).find((name) => name.endsWith('_search.sql'));
if (!made) throw new Error('drizzle-kit made no migration for search');
copyFileSync('schema/db/search.sql', join(FOLDER, made));
