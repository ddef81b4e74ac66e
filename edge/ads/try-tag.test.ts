import { env } from 'cloudflare:workers';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TagTried } from '../../schema/api/ads.ts';
import { advertPlays } from '../../schema/db/ads.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { bearer } from '../testing/sign-in.ts';
import { asked, AT, FILM, inline, serve, serveAds, servers, settled, vast, wrapper } from './vast.fixture.ts';

beforeEach(serveAds);
afterEach(() => vi.restoreAllMocks());

const ask = async (vastUrl: string, role: 'admin' | 'editor' = 'admin') =>
  call('POST', '/api/admin/campaigns/try', { token: await bearer(role), json: { vastUrl } });
async function tried(path = '/tag') {
  const answer = await ask(AT + path);
  expect(answer.status, `answered ${await answer.clone().text()}`).toBe(200);
  return v.parse(TagTried, await answer.json());
}
const codes = ({ problems }: TagTried) => problems.map(({ code }) => code);

it('says what a tag gives, through its wrappers, and fires nothing', async () => {
  serve('/tag', vast(wrapper(`${AT}/two?cb=[CACHEBUSTING]`, 'one')));
  serve('/two', vast(inline()));
  const answer = await tried();
  expect(answer).toMatchObject({
    adverts: [
      {
        title: 'Tea',
        seconds: 20,
        clickUrl: 'https://tea.example/',
        fault: null,
        files: [
          { type: 'video/mp4', width: 640, height: 360, fault: 'not-hls' },
          { url: FILM, type: 'application/x-mpegURL', fault: null },
        ],
      },
    ],
    shown: 0,
    problems: [],
  });
  expect(answer.followed[0]).toBe(`${AT}/tag`);
  expect(answer.followed[1]).toMatch(/two\?cb=\d{8}$/);
  await settled();
  expect(asked).toEqual(answer.followed);
  expect(await database(env.DB).select().from(advertPlays)).toEqual([]);
});

it('shows the first that can be shown, and says what keeps the others from it', async () => {
  const other = inline({ file: 'https://elsewhere.example/m.m3u8' });
  serve('/tag', vast(other, inline({ duration: '00:05:00' }), inline()));
  const answer = await tried();
  expect(answer.shown).toBe(2);
  expect(answer.adverts.map(({ fault }) => fault)).toEqual(['no-file', 'wrong-length', null]);
  expect(answer.adverts[0]!.files.map(({ fault }) => fault)).toEqual(['not-hls', 'elsewhere']);
  expect(answer.problems).toMatchObject([
    { code: 'no-file', at: 'Tea', detail: expect.stringContaining('HLS') as string },
    { code: 'wrong-length', at: 'Tea' },
  ]);
  await settled();
  expect(asked).toEqual([`${AT}/tag`]); // errors are nobody's but ours
});

it.each<[string, () => void, string]>([
  ['nothing there', () => undefined, 'bad-status'],
  ['no advertisement', () => serve('/tag', vast()), 'empty'],
  ['no XML', () => serve('/tag', 'this is <no XML'), 'not-xml'],
  ['no VAST', () => serve('/tag', '<html></html>'), 'no-vast'],
  ['too much', () => serve('/tag', ' '.repeat(300_000)), 'too-large'],
  ['itself', () => serve('/tag', vast(wrapper(`${AT}/tag`, 'loop'))), 'repeated'],
  ['a private address', () => serve('/tag', vast(wrapper('https://10.1.2.3/tag', 'in'))), 'not-allowed'],
  [
    'a redirect to a private address',
    () => servers.set(`${AT}/tag`, () => Response.redirect('https://127.0.0.1/', 302)),
    'not-allowed',
  ],
  [
    'a redirect to nowhere',
    () =>
      servers.set(`${AT}/tag`, () => new Response(null, { status: 302, headers: { location: 'https://' } })),
    'not-allowed',
  ],
  [
    'redirects without end',
    () => servers.set(`${AT}/tag`, () => Response.redirect(`${AT}/tag`, 302)),
    'redirects',
  ],
  [
    'a server that is away',
    () => servers.set(`${AT}/tag`, () => Promise.reject(new TypeError('refused'))),
    'no-answer',
  ],
  [
    'a server that is slow',
    () =>
      servers.set(
        `${AT}/tag`,
        (_url, init) =>
          new Promise((_, reject) =>
            init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error)),
          ),
      ),
    'late',
  ],
  [
    'wrappers without end',
    () => {
      for (let i = 0; i < 7; i++) serve(i === 0 ? '/tag' : `/${i}`, vast(wrapper(`${AT}/${i + 1}`, `w${i}`)));
    },
    'wrappers',
  ],
])('%s is said in words', async (_, prepare, code) => {
  prepare();
  const answer = await tried();
  expect(codes(answer)).toContain(code);
  expect(answer.shown).toBeNull();
  expect(answer.problems.every(({ detail }) => /^[A-Z].*\.$/.test(detail))).toBe(true);
});

it('is for admins, and for addresses', async () => {
  expect((await ask(`${AT}/tag`, 'editor')).status).toBe(403);
  expect((await ask('nowhere')).status).toBe(400);
  expect(asked).toEqual([]);
  expect(codes(v.parse(TagTried, await (await ask('https://192.168.1.1/tag')).json()))).toEqual([
    'not-allowed',
  ]);
});
