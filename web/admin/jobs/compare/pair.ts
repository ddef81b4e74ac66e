import type { Engine } from '../../../player/engine.ts';
import { follow } from './sync.ts';

export type Side = 'left' | 'right';
export const sides = ['left', 'right'] as const;
export type Player = { video: HTMLVideoElement; engine: Engine };
export type Clock = { time: number; duration: number; playing: boolean; waiting: boolean; apart: number };

/** HTMLMediaElement.HAVE_FUTURE_DATA: there is a next picture. */
const READY = 3;
/** How often the follower is looked after, ms. */
const EVERY_MS = 200;

/**
 * Two players with one clock, the left one's: they play, stand and jump together, and wait for each other. Media elements are the truth;
 * `onChange` is told whenever it may be another one.
 */
export function pair({ left, right }: Record<Side, Player>, onChange: (clock: Clock) => void) {
  let wanted = false;
  const both = [left.video, right.video];
  const ready = () => both.every((video) => !video.seeking && video.readyState >= READY);
  const duration = () =>
    Math.min(...both.map((video) => (Number.isFinite(video.duration) ? video.duration : 0)));
  const atEnd = () => left.video.ended || right.video.ended;

  const look = () => {
    const [one, two] = [left.video, right.video];
    if (wanted && atEnd()) wanted = false;
    const going = wanted && ready();
    if (!going) for (const video of both) if (!video.paused) video.pause();
    if (!one.seeking && !two.seeking) {
      // Whoever stands is brought to the other's picture first: they begin together.
      const told = follow(one.currentTime, two.currentTime, one.paused || two.paused);
      if (told.do === 'seek') two.currentTime = told.to;
      if (told.do === 'pace') two.playbackRate = told.rate;
      if (going && told.do !== 'seek')
        for (const video of both) if (video.paused) void video.play().catch(() => undefined);
    }
    onChange({
      time: one.currentTime,
      duration: duration(),
      playing: wanted,
      waiting: wanted && !ready(),
      apart: Math.abs(one.currentTime - two.currentTime),
    });
  };
  const timer = setInterval(look, EVERY_MS);
  const events = ['waiting', 'canplay', 'seeked', 'ended', 'durationchange'] as const;
  for (const video of both) for (const name of events) video.addEventListener(name, look);

  return {
    toggle() {
      wanted = !wanted;
      look();
    },
    pause() {
      wanted = false;
      look();
    },
    seek(to: number) {
      const time = Math.max(0, Math.min(to, Math.max(0, duration() - 0.05)));
      for (const video of both) video.currentTime = time;
      look();
    },
    end() {
      clearInterval(timer);
      for (const video of both) for (const name of events) video.removeEventListener(name, look);
    },
  };
}
export type Pair = ReturnType<typeof pair>;
