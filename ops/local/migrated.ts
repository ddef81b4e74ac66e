import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { Sentence } from './sentence.ts';

const NOTE = 'migrations.json';
/** SHA-256 by the migration's name. */
const Applied = v.record(v.string(), v.string());

async function migrationsIn(folder: string): Promise<v.InferOutput<typeof Applied>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql'));
  const sums = names.map(async (name) => {
    const sum = createHash('sha256').update(await readFile(join(folder, name)));
    return [name, sum.digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(sums));
}

/**
 * Wrangler knows migrations by their names. One that was made anew under its name, as all are until the first release
 * (ops/migrations.ts), would never be applied, and the site would ask for columns that are not there.
 * @param data with the database that `migrations` are about to be applied to
 * @returns notes that they have been applied
 * @throws Sentence where the database was made by others
 */
export async function sameMigrations(migrations: string, data: string): Promise<() => Promise<void>> {
  const note = join(data, NOTE);
  const now = await migrationsIn(migrations);
  const text = await readFile(note, 'utf8').catch(() => '{}'); // a new folder, or one from before this note
  const changed = Object.entries(v.parse(Applied, JSON.parse(text))).some(([name, sum]) => now[name] !== sum);
  if (changed)
    throw new Sentence(
      `The database in ${relative(process.cwd(), data) || '.'} was made by another version, whose tables this one cannot take over: give another folder with --data, or forget it all with --reset.`,
    );
  return () => writeFile(note, `${JSON.stringify(now, null, 2)}\n`);
}
