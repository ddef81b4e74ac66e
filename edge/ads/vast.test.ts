import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { advertPlays } from '../../schema/db/ads.ts';
import { plays } from '../../schema/db/library.ts';
import { database } from '../platform/db.ts';
import { call } from '../testing/call.ts';
import { viewerWith } from '../playback/playback.fixture.ts';
import { campaign, creative, interrupted, noCampaigns, watch, type Viewer } from './ads.fixture.ts';
import { mayFetch } from './addresses.ts';
import { withMacros } from './macros.ts';
import {
  asked,
  AT,
  FILM,
  heard,
  inline,
  serve,
  serveAds,
  servers,
  settled,
  told,
  vast,
  wrapper,
} from './vast.fixture.ts';

beforeEach(serveAds);
afterEach(async () => {
  vi.restoreAllMocks();
  await noCampaigns();
});

const db = database(env.DB);
let viewer: Viewer;
let count = 0;
async function broken(tag = `${AT}/tag`) {
  const name = `vast${count++}`;
  viewer = await viewerWith(name, 5);
  const { episodeId } = await interrupted(name, [600]);
  const id = await campaign({ vastUrl: tag, priority: 9 });
  const playing = await watch(viewer, episodeId);
  return { id, playing, shown: () => playing.adverts(0) };
}

describe('a tag', () => {
  it('shows its HLS through an address of ours, which counts it and tells its servers, once', async () => {
    serve('/tag', vast(inline()));
    const { shown } = await broken(`${AT}/tag?cb=[CACHEBUSTING]&t=[TIMESTAMP]&ifa=[IFA]`);
    const [advert] = await shown();
    expect(advert).toMatchObject({
      seconds: 20,
      told: { advertiser: 'Kotori Tea', clickUrl: 'https://tea.example/' },
    });
    expect(heard('/tag')[0]).toMatch(/\?cb=\d{8}&t=20\d\d-[^&]*Z&ifa=-1$/);
    expect(told).toEqual(['accept']); // nothing of the viewer
    expect(heard('/shown')).toEqual([]);
    expect((await advert!.mark('q1')).status).toBe(409);

    const led = await Promise.all([advert!.get('advert/outside.m3u8'), advert!.get('advert/outside.m3u8')]);
    for (const answer of led) {
      expect(answer.status).toBe(302);
      expect(answer.headers.get('location')).toBe(FILM);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
    await settled();
    expect(heard('/shown')).toEqual([`${AT}/shown?of=inline&ifa=-1&ip=-1&lat=1&at=-1`]);
    expect(heard('/start')).toHaveLength(1);
    expect((await advert!.mark('click')).status).toBe(204);
    expect((await advert!.mark('click')).status).toBe(204);
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 10_000);
    expect((await advert!.mark('q2')).status).toBe(204);
    vi.useRealTimers();
    await settled();
    expect(heard('/clicked')).toHaveLength(1);
    expect(heard('/quarter')).toHaveLength(1);
    expect(heard('/half')).toHaveLength(1);
    expect(heard('/all')).toEqual([]);
    // Its token opens nothing of ours.
    expect((await advert!.get('master.m3u8')).status).toBe(404);
    expect((await advert!.key()).status).toBe(404);
  });

  it('is told of each quarter once, whoever says it how often; the play brings no minutes by it', async () => {
    serve('/tag', vast(inline()));
    const { shown, id, playing } = await broken();
    const [advert] = await shown();
    const again = await shown(); // asked again, it is the same one
    expect(again.map(({ told: { id: its } }) => its)).toEqual([advert!.told.id]);
    vi.useFakeTimers({ toFake: ['Date'] });
    await advert!.get('advert/outside.m3u8');
    for (const quarter of ['q1', 'q2', 'q3', 'q4']) {
      vi.setSystemTime(Date.now() + 5_000);
      const marks = await Promise.all([advert!.mark(quarter), again[0]!.mark(quarter), advert!.mark('q1')]);
      expect(marks.map(({ status }) => status)).toEqual([204, 204, 204]);
    }
    await advert!.get('advert/outside.m3u8');
    // The play's own token says nothing of an advertisement, and that of an advertisement nothing of the play.
    const at = new URL(playing.play.masterUrl).pathname.replace('/master.m3u8', '');
    expect((await call('POST', `${at}/seen/q4`)).status).toBe(404);
    expect((await advert!.get('breaks/0.json')).status).toBe(404);

    const object = env.AD_BREAKS.getByName(viewer.userId);
    vi.setSystemTime(Date.now() + 60_000);
    await runDurableObjectAlarm(object);
    const stream = env.VIEWER_ACCOUNT.getByName(viewer.userId);
    await runDurableObjectAlarm(stream);
    vi.useRealTimers();
    await settled();
    for (const path of ['/shown', '/start', '/quarter', '/half', '/all'])
      expect(heard(path), `${path} was told`).toHaveLength(1);
    const rows = await db.select().from(advertPlays).where(eq(advertPlays.campaignId, id));
    expect(rows).toMatchObject([{ quarters: 4, skipped: false, clicked: false, breakAt: 600 }]);
    const watched = await db.select().from(plays).where(eq(plays.userId, viewer.userId));
    expect(watched.filter(({ periods }) => periods > 0)).toEqual([]); // docs/books.md: of such a play there is nothing to tell
  });

  it('is followed through its wrappers, whose pixels hear of it too', async () => {
    serve('/tag', vast(wrapper(`${AT}/2`, 'one')));
    serve('/2', vast(wrapper(`${AT}/3`, 'two')));
    serve('/3', vast(inline()));
    const [advert] = await (await broken()).shown();
    await advert!.get('advert/outside.m3u8');
    await settled();
    expect(
      heard('/shown')
        .map((url) => new URL(url).searchParams.get('of') ?? '')
        .sort((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['inline', 'one', 'two']);
    expect(heard('/shown').find((url) => url.includes('of=one'))).toMatch(/cb=\d{8}$/);
  });

  it('shows the first that can be shown, those of a pod before those that stand alone', async () => {
    const pod = (sequence: number, name: string) =>
      inline({ file: `https://films.adserver.test/${name}.m3u8` }).replace(
        '<Ad ',
        `<Ad sequence="${sequence}" `,
      );
    const filmOf = async (...ads: string[]) => {
      serve('/tag', vast(...ads));
      const [advert] = await (await broken()).shown();
      return (await advert!.get('advert/outside.m3u8')).headers.get('location');
    };
    const unfit = inline({ type: 'video/webm' });
    expect(await filmOf(unfit, inline({ duration: '00:05:00' }), inline())).toBe(FILM);
    expect(heard('/error').map((url) => new URL(url).searchParams.get('code'))).toEqual(['403', '202']);
    await noCampaigns();
    expect(await filmOf(inline(), pod(2, 'second'), pod(1, 'first'))).toMatch(/first\.m3u8$/);
  });

  it('may redirect, as far as one may fetch', async () => {
    servers.set(`${AT}/tag`, () => new Response(null, { status: 302, headers: { location: '/real' } }));
    serve('/real', vast(inline()));
    expect(await (await broken()).shown()).toHaveLength(1);
    servers.set(
      `${AT}/tag`,
      () => new Response(null, { status: 302, headers: { location: 'https://127.0.0.1/' } }),
    );
    expect(await (await broken()).shown()).toEqual([]);
  });
});

describe('a tag that has nothing to show leaves the break to others', () => {
  const cases: [string, () => void, RegExp | null][] = [
    ['no advertisement', () => serve('/tag', vast()), /root-error\?code=303/],
    ['not found', () => undefined, null],
    ['a server error', () => servers.set(`${AT}/tag`, () => new Response('no', { status: 500 })), null],
    ['no XML', () => serve('/tag', 'this is <no XML'), null],
    ['XML that is no VAST', () => serve('/tag', '<html></html>'), null],
    ['nothing', () => serve('/tag', ''), null],
    [
      'an entity bomb',
      () =>
        serve(
          '/tag',
          '<!DOCTYPE v [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><VAST version="4.0">&b;</VAST>',
        ),
      null,
    ],
    ['depth', () => serve('/tag', '<VAST>' + '<a>'.repeat(40_000)), null],
    ['too much', () => serve('/tag', vast(inline()) + ' '.repeat(300_000)), null],
    ['itself', () => serve('/tag', vast(wrapper(`${AT}/tag`, 'loop'))), /error\?of=loop&code=301/],
    [
      'a ring',
      () => {
        serve('/tag', vast(wrapper(`${AT}/b`, 'a')));
        serve('/b', vast(wrapper(`${AT}/tag`, 'b')));
      },
      /code=301/,
    ],
    [
      'six wrappers',
      () => {
        for (let i = 0; i < 7; i++)
          serve(i === 0 ? '/tag' : `/${i}`, vast(wrapper(`${AT}/${i + 1}`, `w${i}`)));
        serve('/7', vast(inline()));
      },
      /code=302/,
    ],
    [
      'a private address',
      () => serve('/tag', vast(wrapper('https://10.1.2.3/tag', 'inside'))),
      /of=inside&code=301/,
    ],
    ['no HLS', () => serve('/tag', vast(inline({ type: 'video/webm' }))), /of=inline&code=403/],
    [
      'a film from elsewhere',
      () => serve('/tag', vast(inline({ file: 'https://elsewhere.example/m.m3u8' }))),
      /of=inline&code=403/,
    ],
    ['a film without a length', () => serve('/tag', vast(inline({ duration: '' }))), /of=inline&code=202/],
    [
      'a film that is too long',
      () => serve('/tag', vast(inline({ duration: '00:05:00' }))),
      /of=inline&code=202/,
    ],
  ];
  it.each(cases)('%s', async (_, prepare, reported) => {
    prepare();
    const { shown } = await broken();
    await campaign({
      creativeEpisodeId: await creative(`house${count++}`),
      advertiser: 'House',
      priority: 1,
    });
    expect((await shown()).map(({ told }) => told.advertiser)).toEqual(['House']);
    await settled();
    expect(asked.join('\n')).toMatch(reported ?? /\/tag/);
  });

  it('one that does not answer, within its time; and nothing at all is an empty break', async () => {
    servers.set(
      `${AT}/tag`,
      (_url, init) =>
        new Promise((_, reject) =>
          init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason as Error)),
        ),
    );
    const { shown } = await broken();
    const from = Date.now();
    expect(await shown()).toEqual([]);
    const took = Date.now() - from;
    expect(took).toBeGreaterThan(1_000);
    expect(took).toBeLessThan(3_000);
    expect(await shown()).toEqual([]);
  });
});

describe('what is fetched for a tag', () => {
  it.each([
    ['https://ads.example/tag?x=1', true],
    ['http://ads.example/tag', false],
    ['https://ads.example:444/tag', false],
    ['https://user:pass@ads.example/', false],
    ['https://192.168.1.1/', false],
    ['https://2130706433/', false],
    ['https://0x7f000001/', false],
    ['https://[fd00::1]/', false],
    ['https://intranet/', false],
    ['https://localhost/', false],
    ['https://a.localhost./', false],
    ['https://printer.local/', false],
    ['https://metadata.google.internal/', false],
    ['ftp://ads.example/', false],
    ['file:///etc/passwd', false],
    ['//ads.example/', false],
  ])('%s: %s', (address, may) => {
    const settings = { origin: env.PUBLIC_ORIGIN } as Parameters<typeof mayFetch>[1]['settings'];
    expect(mayFetch(address, { settings })).toBe(may);
  });

  it('everything local on a local site', () => {
    const settings = { origin: 'http://localhost:8787' } as Parameters<typeof mayFetch>[1]['settings'];
    expect(mayFetch('http://localhost:9999/tag', { settings })).toBe(true);
  });

  it('macros say what is shown, and nothing of anybody', () => {
    const filled = withMacros(
      'https://a.example/?[CACHEBUSTING]&[TIMESTAMP]&[DEVICEUA]&[GDPRCONSENT]&%%CACHEBUSTING%%&[x]&[ERRORCODE]',
      0,
      42,
      {
        errorCode: 303,
      },
    );
    expect(filled).toBe('https://a.example/?00000042&1970-01-01T00%3A00%3A00.000Z&-1&-1&00000042&[x]&303');
  });
});
