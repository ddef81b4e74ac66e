import { afterAll, beforeAll, expect, test } from 'vitest';
import { origins, useBrowser, visit, type Visit } from './browser.ts';
import { faults } from './judged.ts';
import { database } from './system.ts';

// An admin at their desk: somebody's account, and showing once more that it is they before what does harm.
const browser = useBrowser();
let admin: Visit;
beforeAll(async () => {
  admin = await visit(browser(), { as: 'admin', refusals: [401, 403] });
});
afterAll(() => admin?.context.close());
const at = (path: string) => admin.page.goto(`${origins.site}/admin${path}`);
const getByRole = (...by: Parameters<Visit['page']['getByRole']>) => admin.page.getByRole(...by);

test('finds somebody by the beginning of their address, which stays masked', async () => {
  await at('/people');
  await getByRole('searchbox', { name: 'Find somebody' }).fill('viewer@');
  await getByRole('searchbox', { name: 'Find somebody' }).press('Enter');
  await getByRole('link', { name: 'Viewer', exact: true }).waitFor();
  const table = getByRole('table', { name: 'People' });
  expect(await table.textContent()).toContain('vi…@engawa.test');
  expect(await faults(admin.page, 'people-people')).toEqual([]);
  await getByRole('link', { name: 'Viewer', exact: true }).click();
  await getByRole('heading', { name: 'Viewer', level: 1 }).waitFor();
  await getByRole('heading', { name: 'Signed in on' }).waitFor();
  expect(await getByRole('main').textContent()).not.toContain('viewer@engawa.test');
  expect(await faults(admin.page, 'people-person')).toEqual([]);
});

test('asks who it is when the sign-in is old, then goes on by itself', async () => {
  const somebody = admin.page.url();
  await database(
    "UPDATE sessions SET created_at = created_at - 3600000 WHERE user_id IN (SELECT id FROM users WHERE email = 'admin@engawa.test')",
  );
  await admin.context.clearCookies({ name: 'engawa' }); // it is renewed from the session
  await admin.page.goto(somebody);
  await getByRole('dialog', { name: 'Is it you?' }).waitFor();
  await getByRole('textbox', { name: 'Password' }).fill('not the password');
  await getByRole('button', { name: 'Go on' }).click();
  await getByRole('alert').filter({ hasText: 'not the account’s password' }).waitFor();
  expect(await faults(admin.page, 'people-step-up')).toEqual([]);
  await getByRole('textbox', { name: 'Password' }).fill('engawa-admin');
  await getByRole('button', { name: 'Go on' }).click();
  await getByRole('heading', { name: 'Viewer', level: 1 }).waitFor();
  await getByRole('button', { name: 'Show', exact: true }).click();
  await getByRole('textbox', { name: 'Why' }).fill('They asked about a refund.');
  await getByRole('dialog').getByRole('button', { name: 'Show' }).click();
  await admin.page.getByText('viewer@engawa.test').waitFor();
  admin.expectClean();
});

test('staff are listed and invited; nothing plays', async () => {
  await at('/staff');
  await getByRole('link', { name: 'Editor', exact: true }).waitFor();
  await getByRole('textbox', { name: 'E-mail' }).fill('newcomer@engawa.test');
  await getByRole('button', { name: 'Send invitation' }).click();
  await getByRole('listitem').filter({ hasText: 'ne…@engawa.test' }).waitFor();
  expect(await faults(admin.page, 'people-staff')).toEqual([]);
  await at('/streams');
  await getByRole('heading', { name: 'Live streams' }).waitFor();
  await admin.page.getByText('Nothing plays').waitFor();
  expect(await faults(admin.page, 'people-streams')).toEqual([]);
  admin.expectClean();
});

test('on a tablet, in the dark', async () => {
  await admin.page.setViewportSize({ width: 820, height: 1180 });
  await admin.page.emulateMedia({ colorScheme: 'dark' });
  for (const [path, heading] of [
    ['/people', 'People'],
    ['/staff', 'Staff'],
    ['/streams', 'Live streams'],
  ] as const) {
    await at(path);
    await getByRole('heading', { name: heading, level: 1 }).waitFor();
    await admin.page.waitForLoadState('networkidle');
    expect(await faults(admin.page, `people-dark-${heading}`)).toEqual([]);
  }
});
