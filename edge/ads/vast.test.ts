import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { viewerWith } from '../playback/playback.fixture.ts';
import { campaign, creative, interrupted, noCampaigns, watch, type Viewer } from './ads.fixture.ts';
import { mayFetch } from './addresses.ts';
import { withMacros } from './macros.ts';

/** The ad servers of these tests: what answers at which address, and what was asked of them. */
const servers = new Map<string, (url: URL, init?: RequestInit) => Response | Promise<Response>>();
let asked: string[] = [];
/** Names of the headers that came with it. */
let told: string[] = [];
const real = globalThis.fetch;

beforeEach(() => {
  asked = [];
  told = [];
  servers.clear();
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (!url.hostname.endsWith('adserver.test')) return real(input, init);
    asked.push(url.href);
    told.push(...new Headers(init?.headers).keys());
    const answer = servers.get(url.origin + url.pathname);
    return answer ? answer(url, init) : new Response(null, { status: 404 });
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await noCampaigns();
});

const AT = 'https://tags.adserver.test';
const FILM = 'https://films.adserver.test/tea/master.m3u8';
const serve = (path: string, xml: string) => servers.set(AT + path, () => new Response(xml));
const vast = (...ads: string[]) =>
  `<?xml version="1.0"?><VAST version="4.2"><Error><![CDATA[${AT}/root-error?code=[ERRORCODE]]]></Error>${ads.join('')}</VAST>`;
const wrapper = (to: string, name: string) =>
  `<Ad id="w"><Wrapper><AdSystem>T</AdSystem><VASTAdTagURI><![CDATA[${to}]]></VASTAdTagURI>
    <Error><![CDATA[${AT}/error?of=${name}&code=[ERRORCODE]]]></Error>
    <Impression><![CDATA[${AT}/shown?of=${name}&cb=[CACHEBUSTING]]]></Impression>
    <Creatives><Creative><Linear><TrackingEvents><Tracking event="midpoint"><![CDATA[${AT}/half?of=${name}]]></Tracking></TrackingEvents></Linear></Creative></Creatives></Wrapper></Ad>`;
const inline = ({
  file = FILM,
  type = 'application/x-mpegURL',
  duration = '00:00:20',
}: { file?: string; type?: string; duration?: string } = {}) =>
  `<Ad id="i"><InLine><AdSystem>T</AdSystem><AdTitle>Tea</AdTitle>
    <Error><![CDATA[${AT}/error?of=inline&code=[ERRORCODE]]]></Error>
    <Impression><![CDATA[${AT}/shown?of=inline&ifa=[IFA]&ip=[DEVICEIP]&lat=[LIMITADTRACKING]&at=[MEDIAPLAYHEAD]]]></Impression>
    <Creatives><Creative><Linear><Duration>${duration}</Duration>
      <TrackingEvents>
        <Tracking event="start"><![CDATA[${AT}/start]]></Tracking>
        <Tracking event="firstQuartile"><![CDATA[${AT}/quarter]]></Tracking>
        <Tracking event="midpoint"><![CDATA[${AT}/half?of=inline]]></Tracking>
        <Tracking event="complete"><![CDATA[${AT}/all]]></Tracking>
      </TrackingEvents>
      <VideoClicks><ClickThrough><![CDATA[https://tea.example/]]></ClickThrough><ClickTracking><![CDATA[${AT}/clicked]]></ClickTracking></VideoClicks>
      <MediaFiles>
        <MediaFile delivery="progressive" type="video/mp4" width="640" height="360"><![CDATA[https://films.adserver.test/tea.mp4]]></MediaFile>
        <MediaFile delivery="streaming" type="${type}" width="640" height="360"><![CDATA[${file}]]></MediaFile>
      </MediaFiles></Linear></Creative></Creatives></InLine></Ad>`;

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
/** What is done after an answer is done by now. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 30));
const heard = (path: string) => asked.filter((url) => url.startsWith(AT + path));

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
