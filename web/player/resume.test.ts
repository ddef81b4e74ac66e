import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { here } from '../testing/here.ts';
import { problemDocument } from '../testing/problem.ts';
import type { EngineOptions } from './engine.ts';
import { mountPlayer } from './player.ts';

/** What each engine was started with; destroying one empties the video, as a browser does. */
const started: EngineOptions[] = [];
vi.mock('./hls.ts', () => ({
  startHls: (options: EngineOptions) => {
    started.push(options);
    return {
      qualities: () => [],
      quality: null,
      audio: () => [],
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
    return { element: video, video, key: () => undefined };
  },
}));

/** Answers to the plays that are asked for, in order; the last one again and again. Heartbeats are answered by `stream`. */
let plays: (() => Response | Promise<Response>)[];
let stream: () => Response;
const asked: unknown[] = [];
const play = {
  sessionId: 'ply_0001',
  masterUrl: '/hls/token/master.m3u8',
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
  started.length = 0;
  asked.length = 0;
  plays = [() => Response.json(play)];
  stream = () => new Response(null, { status: 204 });
  vi.stubGlobal('MediaSource', Object);
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    if (path.endsWith('/heartbeat')) return stream();
    asked.push(JSON.parse(init.body as string));
    return (plays.length > 1 ? plays.shift()! : plays[0]!)();
  });
});
afterEach(() => vi.unstubAllGlobals());

async function mounted(count = 1) {
  const root = document.createElement('div');
  await mountPlayer(root, { episodeId: 'ep_1', name: 'One', titleSlug: 'one', here: here() });
  await vi.waitFor(() => expect(started).toHaveLength(count));
  const heading = (text: string) =>
    vi.waitFor(() => expect(root.querySelector('.trouble h2')?.textContent).toBe(text));
  const press = (selector: string) => root.querySelector<HTMLButtonElement>(selector)!.click();
  return { root, heading, press };
}

it('goes on where it was, also when the first try to go on fails', async () => {
  const { heading, press } = await mounted();
  expect(started[0]).toMatchObject({ startAt: 0, masterUrl: play.masterUrl });
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
