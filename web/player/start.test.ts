import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginPlay } from './start.ts';

const play = { sessionId: 'ply_0test', start: null, resumeAt: 45 };
let answer: (response: Response) => void;
const asked: { path: string; body: unknown }[] = [];
beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('MediaSource', Object);
  vi.stubGlobal('fetch', (path: string, { body }: { body: string }) => {
    asked.push({ path, body: JSON.parse(body) as unknown });
    if (path.endsWith('/heartbeat')) return Promise.resolve(new Response(null, { status: 204 }));
    return new Promise<Response>((resolve) => (answer = resolve));
  });
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockResolvedValue();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const leaving = new AbortController();
const begin = (signal = new AbortController().signal) =>
  beginPlay({ root: document.createElement('div'), episodeId: 'ep_0test', signal });
const beats = () => asked.filter(({ path }) => path.endsWith('/heartbeat'));
const goodbye = {
  path: '/api/playback/ply_0test/heartbeat',
  body: { position: 45, number: 0, stopped: true },
};

it('says goodbye where the page is left before the player sits down, and leaves that to it afterwards', async () => {
  const begun = begin();
  answer(Response.json(play));
  const { sat } = (await begun)!;
  globalThis.dispatchEvent(new Event('pagehide'));
  expect(beats()).toEqual([goodbye]);
  sat();
  globalThis.dispatchEvent(new Event('pagehide'));
  expect(beats()).toHaveLength(1);
});

it('gives the place back where nobody is there any more when the answer comes', async () => {
  const begun = begin(leaving.signal);
  leaving.abort();
  answer(Response.json(play));
  expect(await begun).toBeNull();
  expect(beats()).toEqual([goodbye]);
});

it('plays in the same seat as long as the tab is open', async () => {
  for (const _time of ['first', 'again']) {
    const begun = begin();
    answer(Response.json(play));
    (await begun)!.sat();
  }
  const [first, again] = asked.map(({ body }) => (body as { seat: string }).seat);
  expect(first).toMatch(/^[\w-]{8,40}$/);
  expect(again).toBe(first);
});
