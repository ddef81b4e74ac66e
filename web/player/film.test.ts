import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { filmIn, onceMoving, type Breaking } from './film.ts';

const over = new AbortController();
let state: Record<'currentTime' | 'duration' | 'readyState', number> & { seeking: boolean };
let video: HTMLVideoElement;
let breaking: Breaking;
beforeEach(() => {
  state = { currentTime: 300, duration: 1440, readyState: 4, seeking: false };
  video = document.createElement('video');
  for (const name of Object.keys(state) as (keyof typeof state)[])
    Object.defineProperty(video, name, {
      get: () => state[name],
      set: (value: never) => {
        state[name] = value;
      },
    });
  breaking = filmIn(video, () => 1440, over.signal);
});
const fire = (event: string, change: Partial<typeof state> = {}) => {
  Object.assign(state, change);
  video.dispatchEvent(new Event(event));
};
afterEach(() => vi.restoreAllMocks());

it('is the element while that shows the episode', () => {
  const { film } = breaking;
  const heard = vi.fn<() => void>();
  film.addEventListener('timeupdate', heard, over);
  fire('timeupdate', { currentTime: 301 });
  expect(heard).toHaveBeenCalledOnce();
  film.currentTime = 500;
  expect([film.currentTime, film.duration, state.currentTime]).toEqual([500, 1440, 500]);
});

it('stands still in a break, and hears nothing of what the element does there', () => {
  const { film } = breaking;
  const heard = vi.fn<() => void>();
  const away = vi.fn<(away: boolean) => void>();
  for (const moment of ['timeupdate', 'ended', 'pause'] as const) film.addEventListener(moment, heard, over);
  film.onAway(away, over.signal);
  breaking.leave(300);
  fire('emptied', { currentTime: 0, duration: Number.NaN, readyState: 0 });
  fire('timeupdate', { currentTime: 12, duration: 15, readyState: 4 });
  fire('ended');
  film.currentTime = 900; // a key, a headset
  expect(heard).not.toHaveBeenCalled();
  expect([film.currentTime, film.duration, film.seeking, state.currentTime]).toEqual([300, 1440, false, 12]);
  expect(film.readyState).toBeGreaterThan(1); // it is known where it stands

  // The element is empty for a moment, and at its beginning, before it is where it is to be.
  breaking.comeBack(700);
  fire('emptied', { currentTime: 0, readyState: 0 });
  fire('loadeddata', { currentTime: 0, readyState: 2 });
  expect([film.away, film.currentTime]).toEqual([true, 700]);
  fire('seeking', { currentTime: 700, seeking: true });
  fire('seeked', { currentTime: 700.02, seeking: false });
  expect([film.away, film.currentTime]).toEqual([false, 700.02]);
  expect(away.mock.calls).toEqual([[true], [false]]);
  fire('ended');
  expect(heard).toHaveBeenCalledOnce();
});

it('forgets a break that the play ended in', () => {
  breaking.leave(300);
  breaking.forget();
  expect(breaking.film.away).toBe(false);
  breaking.comeBack(500);
  expect(breaking.film.currentTime).toBe(300);
});

it('says once that it moves, after a break before it', () => {
  const begun = vi.fn<() => void>();
  onceMoving(breaking.film, begun, over.signal);
  breaking.leave(0);
  fire('timeupdate');
  expect(begun).not.toHaveBeenCalled();
  breaking.comeBack(300);
  fire('timeupdate', { currentTime: 300 });
  fire('timeupdate', { currentTime: 301 });
  fire('timeupdate', { currentTime: 302 });
  expect(begun).toHaveBeenCalledOnce();
});
