import type { PlayAds } from '../../schema/api/ads.ts';
import { marksOf, type Marks } from './advert-marks.ts';
import { markBreaks } from './break-marks.ts';
import type { BreakNews, Breaks, Shown } from './breaks.ts';
import type { Breaking } from './film.ts';
import { make, makeButton } from './make.ts';
import { clock } from './resumed.ts';
import type { Stage } from './stage.ts';

/** What of a break stands over the picture: whose advertisement it is, how long it takes, and the ways out that there are. */
export type BreakView = BreakNews & {
  /** Skips the break, where the plan allows it. */
  skip(): void;
  /** The play is over, in the middle of a break or not. */
  leave(): void;
};

export type BreakViewOptions = {
  ads: PlayAds;
  /** Seconds, of the episode. */
  duration: number;
  /** Where the seek bar is. */
  controls: ParentNode;
  breaking: Breaking;
  /** Of the engine, once there is one. */
  breaks: () => Breaks | null;
  /** Breaks that were shown, by their second. */
  seen: Set<number>;
};

const HAVE_CURRENT_DATA = 2;
/** A pause in the reckoning of what may have been seen: the clock of an element that was moved. Seconds. */
const MOVED = 1;

/** Playlists are cut between pictures, and count in milliseconds: a second tells one break from another. */
const whole = Math.round;

export function breakView(stage: Stage, options: BreakViewOptions): BreakView {
  const { root, video, words } = stage;
  const { t, language } = words;
  const { ads, breaking, seen } = options;
  const markers = markBreaks(options.controls, ads.breaks, options.duration, seen);
  const line = make('p', 'break__line');
  const spoken = make('p', 'only-heard');
  spoken.setAttribute('role', 'status');
  const more = make('a', 'button button--outline break__more', t('break.more'));
  more.target = '_blank';
  more.rel = 'noopener noreferrer sponsored';
  const skip = makeButton('button--primary break__skip', t('break.skip'), () => leap());
  const bar = make('progress', 'break__bar');
  bar.max = 1;
  bar.setAttribute('aria-label', t('break.label'));
  const box = make('section', 'break', line, make('div', 'break__ways', more, skip), bar);
  box.setAttribute('aria-label', t('break.label'));
  root.append(spoken);

  let now: { shown: Shown; marks: Marks } | null = null;
  /** Seconds of the advertisement at hand that played: nobody gets ahead of this. */
  let played = 0;
  const left = new AbortController();

  const leap = () => {
    if (!now || !ads.skippable) return;
    now.marks.send('skip');
    options.breaks()?.end();
  };
  more.addEventListener('click', () => {
    now?.marks.send('click');
    const pause = () => video.pause(); // they look elsewhere now; it goes on when they are back
    pause();
    // Before its first picture nothing plays yet that could be paused.
    if (video.readyState < HAVE_CURRENT_DATA)
      video.addEventListener('playing', pause, { once: true, signal: left.signal });
  });
  const look = () => {
    if (!now) return;
    const { shown, marks } = now;
    const { number, count, duration } = shown;
    // Whose it is has to be told while it shows (Regulation (EU) 2022/2065, Article 26).
    const parts = [
      t('break.advert'),
      shown.advert.advertiser,
      ...(count > 1 ? [t('break.of', { number, count })] : []),
    ];
    line.textContent = [...parts, clock(Math.ceil(shown.left()))].join(' · ');
    if (video.seeking || duration <= 0) return;
    if (video.currentTime - played < MOVED) played = Math.max(played, video.currentTime);
    bar.value = Math.min(1, played / duration);
    marks.reached(played / duration);
  };
  const hold = () => {
    if (now && !ads.skippable && video.currentTime > played + MOVED) video.currentTime = played;
  };
  const pace = () => {
    if (now && !ads.skippable && video.playbackRate !== 1) video.playbackRate = 1;
  };
  for (const [event, listen] of [
    ['timeupdate', look],
    ['seeking', hold],
    ['ratechange', pace],
  ] as const)
    video.addEventListener(event, listen, { signal: left.signal });

  const clear = () => {
    now = null;
    const held = box.contains(document.activeElement);
    box.remove();
    delete root.dataset['break'];
    if (held) root.querySelector<HTMLElement>('media-controller')?.focus(); // not lost to the page with the box
  };
  return {
    seen: (at) => seen.has(whole(at)),
    began: (at, goesOnAt) => {
      seen.add(whole(at));
      markers.draw();
      breaking.leave(goesOnAt);
      root.dataset['break'] = ads.skippable ? 'skippable' : 'held';
      skip.hidden = !ads.skippable;
      more.hidden = true;
      line.textContent = t('break.advert');
      root.append(box);
    },
    showing: (shown) => {
      const { advert } = shown;
      now = { shown, marks: marksOf(advert) };
      played = 0;
      bar.value = 0;
      pace();
      more.hidden = advert.clickUrl === null;
      if (advert.clickUrl !== null) more.href = advert.clickUrl;
      more.setAttribute('aria-label', t('break.moreOf', { advertiser: advert.advertiser }));
      const seconds = Math.ceil(shown.left() || shown.duration).toLocaleString(language);
      spoken.textContent = t('break.begins', { advertiser: advert.advertiser, seconds });
    },
    shown: (toItsEnd) => {
      if (toItsEnd) now?.marks.reached(1);
      now = null;
    },
    over: (at) => {
      clear();
      spoken.textContent = t('break.over');
      breaking.comeBack(at);
    },
    skip: leap,
    leave: () => {
      left.abort();
      markers.remove();
      clear();
      spoken.remove();
      breaking.forget();
    },
  };
}
