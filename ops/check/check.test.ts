import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scripts, strayed } from './budgets.ts';
import { differences, snapshot } from './generated.ts';
import { counts, failed, passed, sum, summary } from './outcome.ts';
import { outcomeOf } from './vitest.ts';

test('the last line counts every runner', () => {
  const total = sum([passed, { passed: 40, failed: 0, skipped: 2 }, failed('no')]);
  expect(summary(total)).toBe('41 passed, 1 failed, 2 skipped');
  expect(counts({ passed: 40, failed: 0, skipped: 2 })).toBe('40 passed, 2 skipped');
});

const report = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 1,
  numFailedTestSuites: 0,
};
test.each([
  ['all is well', report, 0, { passed: 3, failed: 0, skipped: 2 }],
  [
    'a test failed',
    { ...report, numFailedTests: 2, numFailedTestSuites: 1 },
    1,
    { passed: 3, failed: 2, skipped: 2 },
  ],
  ['a file did not load', { ...report, numFailedTestSuites: 3 }, 1, { passed: 3, failed: 3, skipped: 2 }],
  ['an error belongs to no test', report, 1, { passed: 3, failed: 1, skipped: 2 }],
])('vitest: %s', (_, given, code, wanted) => {
  expect(outcomeOf(given, code)).toEqual(wanted);
});

test('a page’s scripts: each once, without what the browser has', () => {
  const chunk = (file: string, imports: string[] = []) => ({ file, imports, dynamicImports: [] });
  const manifest = {
    entry: chunk('entry.js', ['base']),
    base: chunk('base.js'),
    page: chunk('page.js', ['base', 'part', 'style']),
    part: chunk('part.js', ['base']),
    style: chunk('style.css'),
  };
  expect(scripts(manifest, ['entry', 'page'])).toEqual(['entry.js', 'base.js', 'page.js', 'part.js']);
  expect(scripts(manifest, ['page'], scripts(manifest, ['entry']))).toEqual(['page.js', 'part.js']);
  expect(() => scripts(manifest, ['gone'])).toThrow('the build has no gone');
});

test('what is the dashboard’s is never fetched for viewers, however far away', () => {
  const chunk = (imports: string[], dynamicImports: string[] = []) => ({
    file: 'a.js',
    imports,
    dynamicImports,
  });
  const manifest = {
    'web/client.ts': chunk([], ['page']),
    page: chunk(['_shared']),
    _shared: chunk([]),
    'web/admin/app.tsx': chunk(['_shared'], ['web/admin/jobs/jobs.tsx']),
    'web/admin/jobs/jobs.tsx': chunk([]),
  };
  expect(strayed(manifest, ['web/client.ts'])).toEqual([]);
  manifest._shared.dynamicImports.push('web/admin/jobs/jobs.tsx');
  expect(strayed(manifest, ['web/client.ts'])).toEqual(['web/admin/jobs/jobs.tsx']);
});

test('what a generator changed, added or removed is named', async () => {
  const root = await mkdtemp(join(tmpdir(), 'engawa-generated-'));
  const write = (name: string, text: string) => writeFile(join(root, name), text);
  await mkdir(join(root, 'sql'));
  await write('types.d.ts', 'a');
  await write('sql/0.sql', 'a');
  const before = await snapshot(root, ['types.d.ts', 'sql', 'missing.json']);
  await write('types.d.ts', 'b');
  await write('sql/1.sql', 'a');
  expect(differences(before, await snapshot(root, ['types.d.ts', 'sql', 'missing.json']))).toEqual([
    'sql/1.sql',
    'types.d.ts',
  ]);
  await rm(root, { recursive: true });
});
