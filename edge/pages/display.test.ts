import { expect, it } from 'vitest';
import { call } from '../testing/call.ts';
import { person } from '../testing/people.ts';

const form = (fields: Record<string, string>, path = '/display', headers: Record<string, string> = {}) =>
  call('POST', path, { body: new URLSearchParams(fields), headers });
const cookiesOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
const opening = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await call('GET', path, { headers });
  const html = await answer.text();
  return { answer, html, start: /<html[^>]*>/.exec(html)![0] };
};

it('is dark, and in the language of the browser, unless somebody chooses', async () => {
  expect((await opening('/')).start).toContain('lang="en" data-mood="cinema" data-theme="dark"');
  expect((await opening('/', { 'accept-language': 'ja' })).start).toContain('lang="ja"');
});

it.each([
  ['light', '<meta name="color-scheme" content="light"/>', ['#f9f6f2']],
  ['system', '<meta name="color-scheme" content="light dark"/>', ['#f9f6f2', '#110d0b']],
  ['dark', '<meta name="color-scheme" content="dark"/>', ['#110d0b']],
])('keeps the theme “%s”, so that pages begin in it', async (theme, meta, bars) => {
  const answer = await form({ theme, next: '/sign-in' });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/sign-in');
  const { html, start } = await opening('/sign-in', { cookie: cookiesOf(answer) });
  expect(start).toContain(`data-theme="${theme}"`);
  expect(html).toContain(meta);
  expect([...html.matchAll(/theme-color" content="(#\w+)"/g)].map(([, colour]) => colour)).toEqual(bars);
});

it('keeps the language: before the browser’s, and after that of the address', async () => {
  const cookie = cookiesOf(await form({ language: 'ja', next: '/' }));
  const headers = { cookie, 'accept-language': 'en-GB,en;q=0.9' };
  expect((await opening('/', headers)).start).toContain('lang="ja"');
  expect((await opening('/?lang=en', headers)).start).toContain('lang="en"');
  expect((await opening('/?lang=tlh', headers)).start).toContain('lang="ja"'); // not one of ours
});

it('sets nothing by the address alone', async () => {
  const { answer } = await opening('/?lang=ja');
  expect(answer.headers.getSetCookie()).toEqual([]);
});

it('goes back where it came from, without the language that the address asked for, and never elsewhere', async () => {
  const to = async (next: string) => (await form({ language: 'ja', next })).headers.get('location');
  expect(await to('/browse?genre=Drama&lang=en')).toBe('/browse?genre=Drama');
  expect(await to('//evil.example/')).toBe('/');
  expect(await to('https://evil.example/')).toBe('/');
});

it('keeps nothing that it does not know', async () => {
  const answer = await form({ theme: 'neon', language: 'xx', next: '/' });
  expect(answer.headers.getSetCookie()).toEqual([]);
});

it('takes no forms of other sites, nor endless ones', async () => {
  const evil = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
  expect((await form({ theme: 'light' }, '/display', evil)).status).toBe(403);
  expect((await form({ theme: 'light' }, '/sign-out', evil)).status).toBe(403);
  expect((await form({ theme: 'x'.repeat(5000) })).status).toBe(413);
});

it('signs out by a form, and comes back', async () => {
  const { cookie } = await person('leaves-by-form');
  const answer = await form({ next: '/browse' }, '/sign-out', { cookie });
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/browse');
  expect(answer.headers.getSetCookie().length).toBeGreaterThan(1);
  for (const line of answer.headers.getSetCookie()) expect(line).toMatch(/max-age=0/i);
  const session = cookie.split('; ').find((pair) => pair.includes('engawa-session='))!;
  expect((await call('GET', '/api/me', { headers: { cookie: session } })).status).toBe(401);
});

it('leads from what a form was sent to back to the page that it stood on', async () => {
  const { cookie } = await person('Gift');
  const headers = { cookie, referer: 'https://engawa.test/account/billing?done=paid' };
  const answer = await form({ code: 'not-a-gift-code' }, '/account/billing/redeem', headers);
  expect(answer.status).toBe(404);
  const html = await answer.text();
  const nexts = [...html.matchAll(/name="next" value="([^"]*)"/g)].map(([, next]) => next);
  expect(new Set(nexts)).toEqual(new Set(['/account/billing?done=paid']));
});

it('leaves nothing of one’s own behind for who goes back in the same browser', async () => {
  const { cookie } = await person('Leaver');
  for (const path of ['/account', '/list', '/history', '/account/billing', '/profiles'])
    expect((await call('GET', path, { headers: { cookie } })).headers.get('cache-control')).toBe(
      'private, no-store',
    );
  expect((await call('GET', '/', { headers: { cookie } })).headers.get('cache-control')).toBe(
    'private, no-cache',
  );
});
