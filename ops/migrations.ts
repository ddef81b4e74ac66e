import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditSql } from './audit-triggers.ts';

// Nothing is deployed yet, so there is one first migration, made anew from schema/db, and after it what Drizzle has no words for:
// the full-text tables of schema/db/search.sql, the triggers of schema/db/generation.sql, and what facets.sql,
// media.sql and editing.sql keep; books.sql forbids what nobody may change, ads.sql keeps what campaigns add up to. audit.sql is itself made of the tables.
const FOLDER = 'schema/db/migrations';
const generate = (...options: string[]) =>
  execFileSync('drizzle-kit', ['generate', ...options], { stdio: 'inherit' });

writeFileSync('schema/db/audit.sql', auditSql());
rmSync(FOLDER, { recursive: true, force: true });
generate('--name', 'first_light');
for (const name of ['search', 'generation', 'facets', 'media', 'editing', 'books', 'ads', 'audit']) {
  generate('--custom', '--name', name);
  const made = readdirSync(FOLDER).find((file) => file.endsWith(`_${name}.sql`));
  if (!made) throw new Error(`drizzle-kit made no migration for ${name}`);
  copyFileSync(`schema/db/${name}.sql`, join(FOLDER, made));
}
