import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { here } from '../testing/here.ts';
import { problemDocument } from '../testing/problem.ts';
import type { EngineOptions } from './engine.ts';
import type { Episode } from './episode.ts';
import { mountPlayer } from './player.ts';

/** What each engine was started with; destroying one empties the video, as a browser does. */
const started: EngineOptions[] = [];
const retried: EngineOptions[] = [];
vi.mock('./hls.ts', () => ({
  startHls: (options: EngineOptions) => {
    started.push(options);
    return {
      qualities: () => [],
      quality: null,
      audio: () => [],
      chooseAudio: () => undefined,
      subtitles: null,
      watched: () => null,
      breaks: null,
      retry: () => retried.push(options),
      destroy: () => (options.video.currentTime = 0),
    };
  },
}));
vi.mock('./words.ts', () => ({
  playerWords: () => Promise.resolve({ t: (key: string) => key, language: 'en' }),
}));
vi.mock('./controls.ts', () => ({
  makeControls: () => {
    const video = document.createElement('video');
    Object.defineProperty(video, 'currentTime', { value: 0, writable: true });
    video.play = () => Promise.resolve();
    return { element: video, video };
  },
}));

/** Answers to the plays that are asked for, in order; the last one again and again. Heartbeats are answered by `stream`. */
let plays: (() => Response | Promise<Response>)[];
let stream: () => Response | Promise<Response>;
/** Answers to a player that looks whether the network is back. */
let network: () => Response | Promise<Response>;
const asked: unknown[] = [];
const paths: string[] = [];
const play = {
  sessionId: 'ply_0001',
  masterUrl: 'https://engawa.test/hls/token/master.m3u8',
  chosen: { audio: null, subtitles: null },
  until: Date.now() + 3_600_000,
  duration: 1440,
  maxHeight: 1080,
  markers: [],
  storyboard: null,
  audio: [],
  subtitles: [],
  chapters: [],
  resumeAt: null,
  heartbeatSeconds: 20,
};
const refusal = (...given: Parameters<typeof problemDocument>) => {
  const problem = problemDocument(...given);
  return Response.json(problem, { status: problem.status });
};

beforeEach(() => {
  started.length = retried.length = 0;
  asked.length = paths.length = 0;
  plays = [() => Response.json(play)];
  stream = () => new Response(null, { status: 204 });
  network = () => new Response('#EXTM3U');
  vi.stubGlobal('MediaSource', Object);
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.endsWith('/heartbeat')) return stream();
    if (path.endsWith('.m3u8')) return network();
    paths.push(path);
    asked.push(JSON.parse(init.body as string));
    return (plays.length > 1 ? plays.shift()! : plays[0]!)();
  });
});
afterEach(() => vi.unstubAllGlobals());

const episode = (id: string): Episode => ({
  id,
  titleId: 'ttl_1',
  titleSlug: 'one',
  title: 'One',
  name: 'First',
  artwork: [],
  patient: false,
  previous: null,
  next: null,
});

async function mounted(count = 1, given: Partial<Parameters<typeof mountPlayer>[1]> = {}) {
  const root = document.createElement('div');
  const player = await mountPlayer(root, {
    episode: episode('ep_1'),
    here: here(),
    onEpisode: () => undefined,
    ...given,
  });
  await vi.waitFor(() => expect(started).toHaveLength(count));
  const heading = (text: string) =>
    vi.waitFor(() => expect(root.querySelector('.trouble h2')?.textContent).toBe(text));
  const press = (selector: string) => root.querySelector<HTMLButtonElement>(selector)!.click();
  return { root, heading, press, player };
}

it('goes on where it was, also when the first try to go on fails', async () => {
  const { heading, press } = await mounted();
  expect(started[0]).toMatchObject({ startAt: 0, play: { masterUrl: play.masterUrl } });
  started[0]!.video.currentTime = 600;
  plays = [() => Promise.reject(new TypeError('no network')), ...plays];
  started[0]!.onFailure('media');
  await heading('media');
  press('.trouble button');
  await heading('network');
  press('.trouble button');
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(started[1]!.startAt).toBe(600);
  // Its own play before this one is nobody who could keep it out.
  expect(asked.at(-1)).toMatchObject({ takeOver: 'ply_0001' });
});

it('begins where the viewer was, says so, and starts over if they like', async () => {
  plays = [() => Response.json({ ...play, resumeAt: 725 })];
  const { root, press } = await mounted();
  expect(started[0]!.startAt).toBe(725);
  expect(root.querySelector('.resumed')?.textContent).toContain('resumed');
  started[0]!.video.currentTime = 726;
  press('.resumed button');
  expect(started[0]!.video.currentTime).toBe(0);
  expect(root.querySelector('.resumed')).toBeNull();
});

it('shows what plays where when there are too many streams, and plays here instead of the one that is chosen', async () => {
  const streams = ['ply_000a', 'ply_000b'].map((sessionId, i) => ({
    sessionId: sessionId as 'ply_000a',
    title: `Title ${i}`,
    device: `Device ${i}`,
    startedAt: 0,
    lastSeenAt: 0,
  }));
  plays = [() => refusal('too-many-streams', { streams }), ...plays];
  const { root, heading, press } = await mounted(0);
  await heading('tooMany');
  expect([...root.querySelectorAll('.trouble li span')].map(({ textContent }) => textContent)).toEqual([
    'Device 0: Title 0',
    'Device 1: Title 1',
  ]);
  press('.trouble li:nth-child(2) button');
  await vi.waitFor(() => expect(started).toHaveLength(1));
  expect(asked).toMatchObject([{}, { takeOver: 'ply_000b' }]);
});

it.each([
  ['taken-over', 'elsewhere', 'button'],
  ['expired', 'elsewhere', 'button'],
  ['rights-changed', 'changed', 'button'],
  ['signed-out', 'signedOut', 'a'],
  ['taken-down', 'takenDown', 'a'],
] as const)(
  'a key that is refused as the stream was %s says so, with the way on',
  async (because, title, way) => {
    const { root, heading, press } = await mounted();
    started[0]!.video.currentTime = 42;
    stream = () => refusal('stream-ended', { because });
    started[0]!.onFailure('refused');
    await heading(title);
    expect(root.querySelectorAll(`.trouble ${way}`)).toHaveLength(1);
    if (way === 'a') return;
    press('.trouble button');
    await vi.waitFor(() => expect(started).toHaveLength(2));
    expect(started[1]!.startAt).toBe(42);
  },
);

it('goes on by itself when the network is back, and says why it stands meanwhile', async () => {
  const { heading, root } = await mounted();
  Object.defineProperty(started[0]!.video, 'readyState', { value: 2 });
  let isAway = true;
  network = () => (isAway ? Promise.reject(new TypeError('no network')) : new Response('#EXTM3U'));
  started[0]!.onFailure('network');
  await heading('offline');
  isAway = false;
  globalThis.dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(retried).toHaveLength(1));
  expect(root.querySelector('.trouble')).toBeNull();
  expect(started).toHaveLength(1); // the same play
});

it('asks for a new play where the old one is over when the network is back, and goes on to the second', async () => {
  await mounted();
  started[0]!.video.currentTime = 300;
  network = () => new Response(null, { status: 401 });
  started[0]!.onFailure('network');
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(started[1]!.startAt).toBe(300);
});

it('asks for a new play by itself when the grant has run out', async () => {
  plays = [() => Response.json({ ...play, until: Date.now() - 1 }), ...plays];
  await mounted();
  started[0]!.video.currentTime = 90;
  started[0]!.onFailure('refused');
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(started[1]!.startAt).toBe(90);
});

it('plays another episode in the same element, from where that one was', async () => {
  const { player } = await mounted();
  started[0]!.video.currentTime = 300;
  plays = [() => Response.json({ ...play, sessionId: 'ply_0002', resumeAt: 12 })];
  player.show(episode('ep_2'));
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(started[1]!.video).toBe(started[0]!.video);
  expect(started[1]!.startAt).toBe(12);
  expect(asked.at(-1)).toMatchObject({ takeOver: 'ply_0001' }); // which is its own, and must not keep it out
});

it('does not take what began of one episode for another that the viewer went to meanwhile', async () => {
  const sat = vi.fn<() => void>();
  const video = document.createElement('video');
  const begun = {
    play: { ...play, sessionId: 'ply_000a' } as never,
    video,
    handOver: null,
    position: 0,
    sat,
  };
  const { player } = await mounted(0, { begun: Promise.resolve(begun) });
  player.show(episode('ep_2'));
  await vi.waitFor(() => expect(started).toHaveLength(1));
  expect(paths).toEqual(['/api/episodes/ep_2/hls']);
  expect(asked).toMatchObject([{ takeOver: 'ply_000a' }]);
  expect(sat).toHaveBeenCalledOnce();
});

it('leads from a refusal back to the episode that it is about, and not to the one that the page came with', async () => {
  const { player, root, heading } = await mounted(1, { here: here({ path: '/watch/ep_1' }) });
  plays = [() => refusal('not-signed-in')];
  player.show(episode('ep_2'));
  await heading('Sign in to continue');
  expect(root.querySelector('.trouble a')?.getAttribute('href')).toBe('/sign-in?next=%2Fwatch%2Fep_2');
});

it('says nothing of a play that the viewer has left', async () => {
  const { player, root } = await mounted();
  let answered: (answer: Response) => void = () => undefined;
  stream = () => new Promise<Response>((resolve) => (answered = resolve));
  started[0]!.onFailure('refused');
  stream = () => new Response(null, { status: 204 });
  player.show(episode('ep_2'));
  await vi.waitFor(() => expect(started).toHaveLength(2));
  answered(refusal('stream-ended', { because: 'taken-over' }));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(root.querySelector('.trouble')).toBeNull();
  expect(started).toHaveLength(2);
});

it('asks for the next play once it is known where the viewer left the one before it', async () => {
  const { player } = await mounted();
  started[0]!.video.currentTime = 300;
  let heard: (answer: Response) => void = () => undefined;
  stream = () => new Promise<Response>((resolve) => (heard = resolve));
  player.show(episode('ep_2'));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked).toHaveLength(1);
  heard(new Response(null, { status: 204 }));
  await vi.waitFor(() => expect(asked).toHaveLength(2));

  // Nobody waits for a goodbye that does not come.
  await vi.waitFor(() => expect(started).toHaveLength(2));
  stream = () => new Promise<Response>(() => undefined);
  player.show(episode('ep_3'));
  await vi.waitFor(() => expect(asked).toHaveLength(3), { timeout: 3_000 });
});
