import { createHmac, randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { Mailbox } from '../schema/api/accounts.ts';
import { Profiles } from '../schema/api/me.ts';
import { useBrowser, visit, type Visit } from './browser.ts';

// People and their accounts, as they go through them: in a browser, with the mail that the local mailbox keeps.
const browser = useBrowser();
const password = 'a sentence works well';
type Somebody = Visit & { email: string };

/** A new account, signed in. */
async function somebody(refusals: number[] = []): Promise<Somebody> {
  const email = `${randomUUID()}@engawa.test`;
  const visitor = await visit(browser(), { refusals: [401, ...refusals] });
  const { page } = visitor;
  await open(page, '/sign-up');
  await page.getByLabel('Name').fill('Hana');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  expect(await name(page)).toBe('Hana');
  return { ...visitor, email };
}

/** The newest mail to an address whose subject or text says something, once it is there. */
async function mail({ page }: Visit, to: string, newerThan = 0) {
  for (;;) {
    const answer = await page.request.get(`/api/mailbox?to=${encodeURIComponent(to)}`);
    const [newest] = v.parse(Mailbox, await answer.json()).items;
    if (newest?.code && newest.sentAt > newerThan)
      return { ...newest, code: newest.code, link: newest.link! };
    await page.waitForTimeout(200);
  }
}

/** The page stands, and its script has taken over. */
const open = async (page: Page, path: string) => {
  await page.goto(path);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
};
const name = (page: Page) => page.getByRole('button', { name: 'Menu of Hana' }).textContent();
const signIn = async (page: Page, email: string, given = password) => {
  await open(page, '/sign-in');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(given);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
};
const signOut = async (page: Page) => {
  const reloaded = page.waitForEvent('load');
  await page.getByRole('button', { name: /^Menu of/ }).click();
  await page.locator('#account-menu').getByRole('button', { name: 'Sign out', exact: true }).click();
  await reloaded;
};
const verify = async (who: Somebody) => {
  await open(who.page, (await mail(who, who.email)).link);
  await who.page.getByRole('button', { name: 'Confirm the address' }).click();
  await who.page.getByText('Your address is confirmed').waitFor();
};

/** RFC 6238: SHA-1, six digits, thirty seconds. */
function totp(secret: string): string {
  const bits = secret
    .split('')
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const at = digest.at(-1)! & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a mailed link confirms the address, and leaves no code in the address bar', async () => {
  const hana = await somebody();
  const { link } = await mail(hana, hana.email);
  expect(link).toContain('#');
  await hana.page.goto(link);
  await expect.poll(() => new URL(hana.page.url()).hash).toBe('');
  await hana.page.getByRole('button', { name: 'Confirm the address' }).click();
  await hana.page.getByText('Your address is confirmed').waitFor();
  await open(hana.page, '/account');
  expect(await hana.page.getByText('Your address is not confirmed yet').count()).toBe(0);
  hana.expectClean();
});

test('an app as the second step: set up, asked for, and a backup code instead', async () => {
  const hana = await somebody([403]);
  await verify(hana);
  const { page } = hana;
  await open(page, '/account');
  await page.getByRole('button', { name: 'Set it up' }).click();
  await page.getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Set it up' }).click();
  const secret = (await page.locator('.settings__secret').textContent())!;
  const backup = (await page.locator('.settings__codes code').first().textContent())!;
  await page.getByLabel('Code', { exact: true }).fill(totp(secret));
  await page.getByRole('button', { name: 'Turn it on' }).click();
  await page.getByText(/backup codes are left/).waitFor();

  await signOut(page);
  await signIn(page, hana.email);
  await page.getByRole('heading', { name: 'One more step' }).waitFor();
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Code', { exact: true }).fill(backup);
  await page.getByRole('button', { name: 'Go on' }).click();
  expect(await name(page)).toBe('Hana');
});

test('a passkey signs in', async () => {
  const hana = await somebody();
  await verify(hana);
  const { page, context } = hana;
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await open(page, '/account');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByLabel('What to call it').fill('My laptop');
  await page.getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('My laptop').waitFor();
  await signOut(page);
  await open(page, '/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  expect(await name(page)).toBe('Hana');
  hana.expectClean();
});

test('a forgotten password: a mailed code sets a new one', async () => {
  const hana = await somebody();
  await verify(hana);
  const { page, email } = hana;
  await signOut(page);
  await open(page, '/sign-in');
  await page.getByRole('link', { name: 'Forgotten your password?' }).click();
  await page.getByLabel('E-mail address').fill(email);
  const asked = Date.now();
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  await page.getByLabel('New password').waitFor();
  await page.getByLabel('Code', { exact: true }).fill((await mail(hana, email, asked - 1)).code);
  await page.getByLabel('New password').fill('another sentence altogether');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('Your password is new').waitFor();
  await signIn(page, email, 'another sentence altogether');
  expect(await name(page)).toBe('Hana');
});

test('a mailed code signs in without any password', async () => {
  const hana = await somebody();
  const { page, email } = hana;
  await signOut(page);
  await open(page, '/sign-in');
  await page.getByRole('button', { name: 'Mail me a code instead' }).click();
  await page.getByLabel('E-mail address').fill(email);
  const asked = Date.now();
  await page.getByRole('button', { name: 'Mail me a code' }).click();
  await page.getByLabel('Code', { exact: true }).fill((await mail(hana, email, asked - 1)).code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  expect(await name(page)).toBe('Hana');
  hana.expectClean();
});

test('signing out everywhere ends another browser', async () => {
  const hana = await somebody();
  const other = await visit(browser(), { refusals: [401] });
  await signIn(other.page, hana.email);
  await other.page.getByRole('button', { name: 'Menu of Hana' }).waitFor();
  await open(hana.page, '/account');
  expect(await hana.page.getByText('This browser').count()).toBe(1);
  await hana.page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await hana.page.waitForURL('**/sign-in');
  await other.page.goto('/account');
  await other.page.waitForURL('**/sign-in?**');
});

test('profiles: a PIN is asked for on the way in, and a grown-up before a child sees more', async () => {
  const hana = await somebody([403]);
  const { page } = hana;
  const make = async (name: string, age: string, pin?: string) => {
    await open(page, '/profiles');
    await page.getByRole('button', { name: 'New profile' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByLabel('Picture: koi').check({ force: true });
    await page.getByLabel('Shows what is rated up to').selectOption(age);
    if (pin) await page.getByLabel('PIN to enter it').fill(pin);
    await page.getByRole('button', { name: 'Save' }).click();
  };
  await make('Grown-up', '18', '4711');
  await page.getByRole('button', { name: 'Watch as Grown-up' }).click();
  await page.getByLabel('PIN of Grown-up').fill('0000');
  await page.getByRole('button', { name: 'Watch as Grown-up' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('PIN of Grown-up').fill('4711');
  await page.getByRole('button', { name: 'Watch as Grown-up' }).click();
  await page.waitForURL('**/');

  await make('Kid', '7');
  const enter = page.getByRole('button', { name: 'Watch as Kid' });
  await enter.click();
  await page.getByRole('button', { name: 'Watch as Kid' }).click();
  await page.waitForURL('**/');
  await open(page, '/profiles');
  await page.getByRole('button', { name: 'Edit profiles' }).click();
  await page.getByRole('button', { name: 'Edit Kid' }).click();
  await page.getByLabel('Shows what is rated up to').selectOption('18');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('A grown-up, please').waitFor();
  await page.getByLabel('PIN', { exact: true }).fill('4711');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Who is watching?' }).waitFor();
  const { items } = v.parse(Profiles, await (await page.request.get('/api/me/profiles')).json());
  expect(items.find(({ name }) => name === 'Kid')).toMatchObject({ ageCeiling: '18', avatar: 'koi' });
});

test('an account that is deleted can be kept for a while', async () => {
  const hana = await somebody();
  const { page, email } = hana;
  await open(page, '/account');
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await page.waitForURL('**/');
  await signIn(page, email);
  expect(await name(page)).toBe('Hana');
  await open(page, '/account');
  await page.getByRole('button', { name: 'Keep my account' }).click();
  await expect.poll(() => page.getByText(/will be deleted on/).count()).toBe(0);
});
