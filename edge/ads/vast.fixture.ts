import { vi } from 'vitest';

/** The ad servers of these tests: what answers at which address, and what was asked of them. */
export const servers = new Map<string, (url: URL, init?: RequestInit) => Response | Promise<Response>>();
/** Addresses that were asked, and the names of the headers that came with it. */
export const asked: string[] = [];
export const told: string[] = [];
const real = globalThis.fetch;

/** Stands in for them, until mocks are restored. */
export function serveAds(): void {
  asked.length = 0;
  told.length = 0;
  servers.clear();
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (!url.hostname.endsWith('adserver.test')) return real(input, init);
    asked.push(url.href);
    told.push(...new Headers(init?.headers).keys());
    const answer = servers.get(url.origin + url.pathname);
    return answer ? answer(url, init) : new Response(null, { status: 404 });
  });
}

export const AT = 'https://tags.adserver.test';
export const FILM = 'https://films.adserver.test/tea/master.m3u8';
export const serve = (path: string, xml: string) => servers.set(AT + path, () => new Response(xml));
export const vast = (...ads: string[]) =>
  `<?xml version="1.0"?><VAST version="4.2"><Error><![CDATA[${AT}/root-error?code=[ERRORCODE]]]></Error>${ads.join('')}</VAST>`;
export const wrapper = (to: string, name: string) =>
  `<Ad id="w"><Wrapper><AdSystem>T</AdSystem><VASTAdTagURI><![CDATA[${to}]]></VASTAdTagURI>
    <Error><![CDATA[${AT}/error?of=${name}&code=[ERRORCODE]]]></Error>
    <Impression><![CDATA[${AT}/shown?of=${name}&cb=[CACHEBUSTING]]]></Impression>
    <Creatives><Creative><Linear><TrackingEvents><Tracking event="midpoint"><![CDATA[${AT}/half?of=${name}]]></Tracking></TrackingEvents></Linear></Creative></Creatives></Wrapper></Ad>`;
export const inline = ({
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
/** What is done after an answer is done by now. */
export const settled = () => new Promise((resolve) => setTimeout(resolve, 30));
export const heard = (path: string) => asked.filter((url) => url.startsWith(AT + path));
