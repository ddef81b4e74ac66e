import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { AdminTitle } from '../schema/api/editing.ts';
import { ask } from '../ops/api.ts';
import { useBrowser, visit } from './browser.ts';
import { editor, system } from './system.ts';

const browser = useBrowser();

const verify = () =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const program = fileURLToPath(new URL('../ops/audit.ts', import.meta.url));
    execFile(process.execPath, [program, 'verify', '--origin', system.origin], (error, out) =>
      resolve({ code: error ? Number(error.code ?? 1) : 0, out }),
    );
  });

test('what an editor changed is seen, verified and undone by an admin', async () => {
  const title = await ask(editor, 'POST', '/api/admin/titles', AdminTitle, {
    json: { names: { main: 'As it was' } },
  });
  await ask(editor, 'PATCH', `/api/admin/titles/${title.id}`, AdminTitle, {
    json: { names: { main: 'By mistake' }, genres: ['Drama'] },
  });
  const { page, expectClean } = await visit(browser(), { as: 'admin' });
  await page.goto(`/admin/audit?of=${title.id}`);
  const change = page.getByRole('article', { name: /changed/ });
  await change.waitFor();
  expect(await change.textContent()).toMatch(/Name\s*As it was\s*→\s*By mistake/);

  await page.getByText('Can this list be trusted?').click();
  await page.getByRole('button', { name: 'Verify it here' }).click();
  await page.getByText(/It holds to entry [\d,]+ of/).waitFor();
  expect(await verify()).toMatchObject({
    code: 0,
    out: expect.stringMatching(/holds to entry \d+/) as string,
  });

  await change.getByRole('button', { name: /^Undo/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo', exact: true }).click();
  await page
    .getByText(/^Put back:/)
    .first()
    .waitFor();
  const { names, genres } = await ask(editor, 'GET', `/api/admin/titles/${title.id}`, AdminTitle);
  expect([names.main, genres]).toEqual(['As it was', []]);
  expectClean();
});
