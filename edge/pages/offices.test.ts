import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { languages } from '../../web/server.tsx';
import type { TakedownNotice } from '../../schema/api/moderation.ts';
import { limits } from '../http/allowances.ts';
import { call } from '../testing/call.ts';
import { person } from '../testing/people.ts';
import { bearer } from '../testing/sign-in.ts';

const html = async (path: string, headers: Record<string, string> = {}) =>
  (await call('GET', path, { headers })).text();
beforeEach(() => void vi.spyOn(env.LIMIT_AUTH, 'limit').mockResolvedValue({ success: true }));

describe('the page of plans', () => {
  const plan = async (id: string, json: object) =>
    call('PUT', `/api/admin/plans/${id}`, { token: await bearer('admin'), json });

  it('says what everybody has, and marks the plan of whoever is signed in', async () => {
    expect(await html('/plans')).toContain('There are no other plans here.');
    await plan('duo', { name: 'Duo <b>', streams: 2, maxHeight: 1080, ads: false, downloads: true });
    const stranger = await html('/plans');
    expect(stranger).toContain('<h2>Duo &lt;b></h2>');
    expect(stranger).toContain('Up to 1080p');
    expect(stranger).toContain('href="/sign-up?next=%2Fplans"');
    expect(stranger).not.toContain('Your plan');
    const somebody = await person('reads-plans');
    const marked = async () =>
      [
        ...(await html('/plans', { cookie: somebody.cookie })).matchAll(/<li class="plan"( aria-current)?/g),
      ].map(([, mark]) => mark !== undefined);
    expect(await marked()).toEqual([true, false]);
    await call('PUT', `/api/admin/users/${somebody.userId}/plan`, {
      token: await bearer('admin'),
      json: { planId: 'duo' },
    });
    expect(await marked()).toEqual([false, true]);
  });

  it('is linked from the foot of every page', async () => {
    expect(await html('/legal/terms')).toContain('<a href="/plans">Plans</a>');
  });
});

describe('the form of takedown notices', () => {
  let sender = 0;
  const typed = (more: Record<string, string> = {}): Record<string, string> => ({
    work: 'Kaze no Iro\r\nall of it',
    addresses: 'https://engawa.test/titles/kaze-no-iro\r\n\r\n/watch/ep_1',
    name: 'Mio "<Example>"',
    onBehalfOf: '',
    email: `page-${sender}@studio.test`,
    postalAddress: '1-2-3 Example\r\nTokyo',
    telephone: '',
    goodFaith: 'yes',
    accurate: 'yes',
    signature: 'Mio Example',
    ...more,
  });
  const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    call('POST', '/legal/takedown', { body: new URLSearchParams(fields), headers });
  const newest = async () => {
    const token = await bearer('moderator');
    const answer = await call('GET', '/api/admin/takedown-notices?limit=1', { token });
    return (await answer.json<{ items: TakedownNotice[] }>()).items[0];
  };
  beforeEach(() => void (sender += 1));

  it('is taken as browsers send it, and shows its receipt at an address that can be loaded again', async () => {
    const answer = await send(typed());
    expect(answer.status).toBe(303);
    const kept = await newest();
    expect(kept).toMatchObject({
      work: 'Kaze no Iro\nall of it',
      addresses: ['/titles/kaze-no-iro', '/watch/ep_1'],
      onBehalfOf: null,
      telephone: null,
      email: typed()['email'],
    });
    expect(answer.headers.get('location')).toBe(`/legal/takedown?receipt=${kept!.id}`);
    const page = await html(answer.headers.get('location')!);
    expect(page).toContain(`Receipt number: ${kept!.id}`);
    expect(page).not.toContain('<form class="notice-form"');
    expect(page).not.toContain('Kaze no Iro');
  });

  it.each([
    ['addresses', 'https://elsewhere.example/titles/a', 'Each line has to be an address on this site'],
    ['email', 'mio at studio', 'This is no e-mail address.'],
    ['work', ' ', 'This is missing.'],
    ['goodFaith', '', 'Without this statement it is no notice.'],
    ['signature', 'x'.repeat(201), 'This is too long.'],
  ])('keeps everything that was typed, and says what is wrong with “%s”', async (field, value, said) => {
    const answer = await send(typed({ [field]: value }));
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain(said);
    expect(page).toContain(`href="#notice-${field}"`);
    expect(page.match(/aria-invalid="true"/g)).toHaveLength(1);
    expect(page).toMatch(new RegExp(`aria-describedby="[^"]*notice-${field}-wrong"`));
    expect(page).toContain(field === 'work' ? '> </textarea>' : '>Kaze no Iro\nall of it</textarea>');
    expect(page).toContain('value="Mio &quot;&lt;Example>&quot;"');
    expect(page).toContain('1-2-3 Example\nTokyo</textarea>');
    expect(page.match(/type="checkbox"[^>]* checked/g)).toHaveLength(field === 'goodFaith' ? 1 : 2);
  });

  it('keeps it also where there were too many, or the database does not answer', async () => {
    const { limit } = limits.notice.account;
    for (let n = 0; n < limit; n += 1) expect((await send(typed({ work: `Work ${n}` }))).status).toBe(303);
    const many = await send(typed({ work: 'One more' }));
    expect(many.status).toBe(429);
    const page = await many.text();
    expect(page).toContain('What you typed is still here.');
    expect(page).toContain('>One more</textarea>');
    sender += 1;
    vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('away'));
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const away = await send(typed());
    vi.restoreAllMocks();
    expect(away.status).toBe(500);
    expect(await away.text()).toContain('>Kaze no Iro\nall of it</textarea>');
  });

  it('is not taken from another site’s page', async () => {
    const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await send(typed(), evil)).status).toBe(403);
    expect((await newest())?.email).not.toBe(typed()['email']);
  });

  it('shows no receipt for a number that was never given', async () => {
    expect(await html('/legal/takedown?receipt=ntc_00000000')).toContain('<form class="notice-form"');
    expect(await html('/legal/takedown?receipt=%3Cb%3E')).toContain('<form class="notice-form"');
  });

  it.each(languages)('has a label for each of its fields: %s', async (language) => {
    const page = await html(`/legal/takedown?lang=${language}`);
    const ids = [...page.matchAll(/ id="(notice-[a-zA-Z]+)"/g)].map(([, id]) => id);
    expect(ids).toHaveLength(10);
    for (const id of ids) expect(page).toMatch(new RegExp(`<label[^>]* for="${id}"`));
  });
});
