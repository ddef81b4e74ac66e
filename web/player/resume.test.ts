import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { here } from '../testing/here.ts';
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

beforeEach(() => {
  started.length = 0;
  vi.stubGlobal('MediaSource', Object);
});
afterEach(() => vi.unstubAllGlobals());

it('goes on where it was, also when the first try to go on fails', async () => {
  const root = document.createElement('div');
  const play = { masterUrl: '/hls/token/master.m3u8', audio: [], subtitles: [], chapters: [] };
  const asked = vi.fn<typeof fetch>(() => Promise.resolve(Response.json(play)));
  vi.stubGlobal('fetch', asked);
  await mountPlayer(root, { episodeId: 'ep_1', name: 'One', titleSlug: 'one', here: here() });
  await vi.waitFor(() => expect(started).toHaveLength(1));
  expect(started[0]).toMatchObject({ startAt: 0, masterUrl: play.masterUrl });

  started[0]!.video.currentTime = 600;
  started[0]!.onFailure('media');
  asked.mockRejectedValueOnce(new TypeError('no network'));
  root.querySelector<HTMLButtonElement>('.trouble button')!.click();
  await vi.waitFor(() => expect(root.querySelector('.trouble h2')?.textContent).toBe('network'));
  root.querySelector<HTMLButtonElement>('.trouble button')!.click();
  await vi.waitFor(() => expect(started).toHaveLength(2));
  expect(started[1]!.startAt).toBe(600);
});
