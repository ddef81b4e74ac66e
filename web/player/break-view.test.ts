import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { translator } from '../i18n/i18n.ts';
import { playerEn } from '../i18n/player.en.ts';
import { marksOf } from './advert-marks.ts';
import { breakView } from './break-view.ts';
import { crossed, GIVEN_UP_AFTER, watchOver } from './breaks.ts';
import { filmIn } from './film.ts';
import type { Stage } from './stage.ts';

describe('which break a seek comes upon', () => {
  const breaks = [
    { at: 0, seen: true },
    { at: 300, seen: false },
    { at: 600, seen: false },
  ];
  it.each([
    [10, 200, null],
    [10, 400, 300],
    [10, 900, 600], // one for all of them
    [10, 600, 600],
    [900, 10, null], // back is free
    [300, 500, null], // it stands there already
  ])('from %d to %d: %s', (from, to, at) => {
    expect(crossed(breaks, from, to)?.at ?? null).toBe(at);
  });
  it('is none that was seen', () => {
    expect(
      crossed(
        breaks.map(({ at }) => ({ at, seen: true })),
        0,
        900,
      ),
    ).toBeNull();
  });
});

describe('a break that does not go on', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  it('is given up after some seconds, not while it is paused', () => {
    const giveUp = vi.fn<() => void>();
    let at: number | null = 1;
    const stop = watchOver(() => at, giveUp);
    vi.advanceTimersByTime((GIVEN_UP_AFTER - 1) * 1000);
    at = 2; // a picture
    vi.advanceTimersByTime(GIVEN_UP_AFTER * 1000);
    at = null; // the viewer paused
    vi.advanceTimersByTime(60_000);
    expect(giveUp).not.toHaveBeenCalled();
    at = 3;
    vi.advanceTimersByTime((GIVEN_UP_AFTER + 1) * 1000);
    expect(giveUp).toHaveBeenCalledOnce();
    stop();
    vi.advanceTimersByTime(60_000);
    expect(giveUp).toHaveBeenCalledOnce();
  });
});

const sent: string[] = [];
beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal('navigator', {
    sendBeacon: (address: string) => Boolean(sent.push(address.split('/').at(-1)!)),
  });
});
afterEach(() => vi.unstubAllGlobals());
const marks = 'https://engawa.test/hls/token/seen/';

it('marks are sent once each, and those that were passed with them', () => {
  const told = marksOf({ marks });
  for (const share of [0.2, 0.3, 0.3, 0.8]) told.reached(share);
  told.send('click');
  told.send('click');
  expect(sent).toEqual(['q1', 'q2', 'q3', 'click']);
});

describe('over the picture', () => {
  let video: HTMLVideoElement;
  let paused: number;
  let root: HTMLElement;
  const over = new AbortController();
  const end = vi.fn<() => void>();
  const view = (skippable: boolean) => {
    video = document.createElement('video');
    root = document.createElement('div');
    paused = 0;
    video.pause = () => void (paused += 1);
    Object.defineProperties(video, {
      currentTime: { value: 0, writable: true },
      seeking: { value: false },
      readyState: { value: 4 },
    });
    document.body.replaceChildren(root);
    const controls = document.createElement('div');
    controls.append(Object.assign(document.createElement('div'), { className: 'controls__seek' }));
    const breaking = filmIn(video, () => 1440, over.signal);
    const words = { t: translator<typeof playerEn>(playerEn, 'en'), language: 'en' as const };
    const stage: Stage = { root, video, film: breaking.film, words, say: () => undefined };
    const ads = { breaks: [0, 360, 720], skippable };
    const seen = new Set<number>();
    const made = breakView(stage, { ads, duration: 1440, controls, breaking, seen, breaks: () => ({ end }) });
    return { made, film: breaking.film, seen, controls };
  };
  const advert = { id: 'adv_1', advertiser: 'Kotori Tea', clickUrl: 'https://tea.example/', marks } as const;
  const at = (seconds: number) => {
    video.currentTime = seconds;
    video.dispatchEvent(new Event('timeupdate'));
  };

  it('says whose it is and how long, tells how far it was seen, and goes', () => {
    const { made, film, controls } = view(false);
    expect([...controls.querySelectorAll<HTMLElement>('span')].map(({ style }) => style.left)).toEqual([
      '25%',
      '50%',
    ]);
    made.began(360, 360);
    made.showing({ advert, number: 1, count: 2, duration: 8, left: () => 15.4 - video.currentTime });
    at(0.5);
    at(1.4);
    at(2.2);
    expect(root.querySelector('.break__line')?.textContent).toBe(
      'Advertisement · Kotori Tea · 1 of 2 · 0:14',
    );
    expect(root.querySelector('[role=status]')?.textContent).toContain('by Kotori Tea');
    expect(sent).toEqual(['q1']);
    expect([root.dataset['break'], film.currentTime, made.seen(360)]).toEqual(['held', 360, true]);
    expect(controls.querySelectorAll('span')).toHaveLength(1);
    made.shown(true);
    made.over(360);
    expect(sent).toEqual(['q1', 'q2', 'q3', 'q4']);
    expect([root.querySelector('.break'), root.dataset['break']]).toEqual([null, undefined]);
  });

  it('nobody gets ahead of it, or through it faster', () => {
    const { made } = view(false);
    made.began(0, 0);
    made.showing({ advert, number: 1, count: 1, duration: 8, left: () => 8 });
    at(0.8);
    video.currentTime = 7;
    video.dispatchEvent(new Event('seeking'));
    expect(video.currentTime).toBe(0.8);
    video.playbackRate = 2;
    video.dispatchEvent(new Event('ratechange'));
    expect(video.playbackRate).toBe(1);
    made.skip();
    expect(end).not.toHaveBeenCalled();
    expect(root.querySelector<HTMLElement>('.break__skip')!.hidden).toBe(true);
  });

  it('is skipped where the plan allows it, and the click is counted', () => {
    const { made } = view(true);
    made.began(0, 0);
    made.showing({ advert, number: 1, count: 1, duration: 8, left: () => 8 });
    root.querySelector<HTMLElement>('.break__more')!.dispatchEvent(new Event('click'));
    expect(paused).toBe(1);
    root.querySelector<HTMLElement>('.break__skip')!.click();
    expect(end).toHaveBeenCalledOnce();
    expect(sent).toEqual(['click', 'skip']);
  });
});
