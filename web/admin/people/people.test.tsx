import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Account, Person, Staff, StreamNow, StreamsSummary } from '../../../schema/api/people.ts';
import { draw } from '../testing.tsx';
import { peoplePages } from './pages.tsx';

let page: Awaited<ReturnType<typeof draw>>;
beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  );
});
afterEach(() => page.leave());

const person: Person = {
  id: 'usr_1',
  name: 'Mio',
  email: 'mi…@example.com',
  emailVerified: false,
  role: 'viewer',
  planId: 'standard',
  planUntil: null,
  closesAt: null,
  createdAt: 1,
};
const stream: StreamNow = {
  sessionId: 'ply_1',
  userId: 'usr_1',
  email: 'mi…@example.com',
  titleId: 'ttl_1',
  episodeId: 'ep_1',
  title: 'Kaze · S1 E2',
  device: 'Firefox on Linux',
  country: 'JP',
  planId: null,
  startedAt: 0,
  maxHeight: 720,
};
const account: Account = {
  ...person,
  closesBecause: null,
  planSince: 0,
  signIn: { password: true, app: false, passkeys: 2 },
  devices: [
    {
      id: 'ses-1',
      browser: 'Firefox',
      os: 'Linux',
      city: 'Kyoto',
      country: 'JP',
      signedInAt: 1,
      lastSeenAt: 2,
      current: false,
    },
  ],
  profiles: [{ id: 'prf_1', name: 'Kids', avatar: 'fox', ageCeiling: '7', locked: true }],
  consents: [{ kind: 'terms', version: '2026-11-01', given: true, at: 1 }],
  streams: [{ sessionId: 'ply_1', title: 'Kaze · S1 E2', device: 'Firefox', startedAt: 0, lastSeenAt: 0 }],
};
const summary: StreamsSummary = {
  streams: 3,
  accounts: 2,
  titles: [{ titleId: 'ttl_1', name: 'Kaze', streams: 3 }],
  countries: [{ country: 'JP', streams: 3 }],
  plans: [{ planId: null, streams: 3 }],
  at: 0,
};
const answers = {
  'GET /api/admin/users': () => ({ items: [person], next: null }),
  'GET /api/admin/users/usr_1': () => account,
  'GET /api/admin/plans': () => ({ items: [{ id: 'standard', name: 'Standard' }], base: {} }),
  'GET /api/admin/users/usr_1/billing': () => ({
    subscriptions: [],
    purchases: [],
    customer: null,
    payments: [],
  }),
  'GET /api/admin/audit': () => ({ items: [], names: {}, next: null }),
  'GET /api/admin/streams': () => ({ items: [stream], next: null }),
  'GET /api/admin/streams/summary': () => summary,
};
type Place = keyof typeof peoplePages;
const open = async (name: Place, more: Parameters<typeof draw>[1] = {}, query = '') => {
  const Page = peoplePages[name];
  const address = new URL(`http://localhost/admin/x${query}`);
  page = await draw(<Page values={{ id: 'usr_1' }} address={address} />, { ...answers, ...more });
};
/** Says why in the dialog, and goes on. */
const because = async (yes: string) => {
  const dialog = await vi.waitFor(() => {
    const found = page.place.querySelector('dialog');
    expect(found).not.toBeNull();
    return found!;
  });
  page.type(dialog.querySelector<HTMLInputElement>('[name="reason"]')!, 'Ticket 42');
  await vi.waitFor(() => {
    const button = [...dialog.querySelectorAll('button')].find((e) => e.textContent === yes)!;
    expect(button.disabled).toBe(false);
    button.click();
  });
};

it('lists people, and looks for them', async () => {
  await open('people');
  await page.shows('mi…@example.com');
  await page.shows('Address not confirmed');
  expect(page.button('Mio')!.getAttribute('href')).toBe('/admin/people/usr_1');
  page.type(page.field('q'), 'mio@');
  await vi.waitFor(() => {
    page.field('q').form!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    expect(location.search).toBe('?q=mio%40');
  });
});

it('shows an account without its secrets, and the address for a reason', async () => {
  await open('person', { 'POST /api/admin/users/usr_1/email': () => ({ email: 'mio@example.com' }) });
  await page.shows('password and 2 passkeys');
  for (const text of ['Kyoto, Japan', 'up to 7 · with a PIN', 'Terms: given', 'Kaze · S1 E2'])
    await page.shows(text);
  expect(page.place.textContent).not.toContain('mio@example.com');
  page.button('Show')!.click();
  await because('Show');
  await page.shows('mio@example.com');
  expect(page.changes()).toEqual([
    { call: 'POST /api/admin/users/usr_1/email', json: { reason: 'Ticket 42' } },
  ]);
});

it('ends what plays with a reason for its viewer', async () => {
  await open('streams', { 'POST /api/admin/users/usr_1/streams/ply_1/end': () => ({}) });
  await page.shows('3 play');
  await page.shows('up to 720p');
  page.button('End: Kaze · S1 E2')!.click();
  await because('End');
  await page.shows('Kaze · S1 E2 was ended.');
  expect(page.changes()[0]).toMatchObject({ json: { reason: 'Ticket 42' } });
});

it('ends all of a title that was chosen', async () => {
  await open('streams', { 'POST /api/admin/titles/ttl_1/streams/end': () => ({}) }, '?titleId=ttl_1');
  await vi.waitFor(() => expect(page.button('End all of this title')).toBeDefined());
  page.button('End all of this title')!.click();
  await because('End all of this title');
  await page.shows('All of Kaze was ended.');
});

it('lists who works here, and invites others', async () => {
  const staff: Staff = {
    items: [{ ...person, role: 'editor', lastSeenAt: null, secondFactor: false }],
    invites: [],
    secondFactorRequired: true,
  };
  await open('staff', {
    'GET /api/admin/staff': () => staff,
    'POST /api/admin/staff/invites': () => ({}),
  });
  await page.shows('Nobody works here without two-step sign-in');
  await page.shows('Signed in nowhere');
  page.type(page.field('/email'), 'ken@example.com');
  await vi.waitFor(() => expect(page.field('/email').value).toBe('ken@example.com'));
  page.button('Send invitation')!.click();
  await page.shows('An invitation goes to ken@example.com');
  expect(page.changes()[0]!.json).toEqual({ email: 'ken@example.com', role: 'editor' });
});
