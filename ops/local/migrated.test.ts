import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sameMigrations } from './migrated.ts';
import { Sentence } from './sentence.ts';

let data: string;
let migrations: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'engawa-migrated-'));
  migrations = join(data, 'migrations');
  await mkdir(migrations);
  await writeFile(join(migrations, '0000_first.sql'), 'create table a (x);');
});
afterEach(() => rm(data, { recursive: true }));

test('what was applied stands, and more may join it', async () => {
  await (
    await sameMigrations(migrations, data)
  )();
  await writeFile(join(migrations, '0001_more.sql'), 'create table b (x);');
  await (
    await sameMigrations(migrations, data)
  )();
  await expect(sameMigrations(migrations, data)).resolves.toBeTypeOf('function');
});

test.each([
  ['made anew under its name', () => writeFile(join(migrations, '0000_first.sql'), 'create table a (x, y);')],
  ['gone', () => rm(join(migrations, '0000_first.sql'))],
])('one that was applied and is %s is said in a sentence', async (_, change) => {
  await (
    await sameMigrations(migrations, data)
  )();
  await change();
  await expect(sameMigrations(migrations, data)).rejects.toThrow(Sentence);
  await expect(sameMigrations(migrations, data)).rejects.toThrow('--reset');
});
