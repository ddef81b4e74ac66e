import type HlsJs from 'hls.js';
import { Events, type InterstitialEvent } from 'hls.js';
import type { AssetList } from '../../schema/api/ads.ts';
import { crossed, watchOver, type BreakNews, type Breaks } from './breaks.ts';

/** The list of a break is small, and made by who gave the playlist: what takes longer is not worth the wait. */
const LIST_PATIENCE_MS = 4_000;

/** hls.js's own patience, 30 s and more, is for films that somebody wants to see. */
export const breakPolicy: Partial<HlsJs['config']> = {
  interstitialAssetListLoadPolicy: {
    default: {
      maxTimeToFirstByteMs: LIST_PATIENCE_MS,
      maxLoadTimeMs: LIST_PATIENCE_MS,
      timeoutRetry: null,
      errorRetry: null,
    },
  },
};

/** Seconds. */
const SAME_PLACE = 0.1;
/** Long enough for a first segment to be on its way by itself. */
const NUDGE_MS = 1_000;

/**
 * Breaks as hls.js plays them: interstitials with a media source of their own, in the same element. It leaves to us where the episode
 * goes on after a break that somebody's seek came upon, or that stands before the place where they were.
 * @param startAt seconds: where the episode is to begin
 */
export function hlsBreaks(hls: HlsJs, video: HTMLVideoElement, startAt: number, news: BreakNews): Breaks {
  /** Seconds: where the episode goes on after the break that is due. Null: where it was interrupted. */
  let wanted: number | null = null;
  let current: InterstitialEvent | null = null;
  let shows = false;
  let returning = false;
  let rate = 1;
  let nudge: ReturnType<typeof setTimeout> | undefined;
  let unwatch: () => void = () => undefined;

  const pending = () =>
    (hls.interstitialsManager?.events ?? [])
      .filter(({ error }) => !error)
      .map((event) => ({ at: event.startOffset, seen: event.hasPlayed, event }));
  /** Before hls.js hears of it: it would show every break on the way, one after the other. */
  const seeking = () => {
    if (current) return;
    const manager = hls.interstitialsManager;
    if (!manager) return;
    const held = pending().filter(({ event }) => isHeld(event));
    const due = returning ? null : crossed(held, manager.primary.currentTime, video.currentTime);
    for (const { event } of held) event.restrictions.jump = event === due?.event;
    if (due) wanted = video.currentTime;
  };
  video.addEventListener('seeking', seeking, { capture: true });
  const settled = () => {
    if (!returning || video.seeking || current) return;
    returning = false;
    video.playbackRate = rate; // a new source takes the speed away (HTML, "media element load algorithm")
  };
  for (const event of ['playing', 'seeked', 'canplay']) video.addEventListener(event, settled);

  /** hls.js goes on where the break stands, and knows no other place. (To tell it by `startLoad`, while it loads, stops it for good.) */
  const goTo = (at: number) => {
    const seek = () => (video.currentTime = at);
    if (video.readyState > 0) seek();
    else video.addEventListener('loadedmetadata', seek, { once: true });
  };
  /** Where a list did not come in time, hls.js goes on with the episode, and forgets to load it. */
  const wake = (at: number) => {
    if (current || video.buffered.length > 0) return;
    hls.stopLoad();
    hls.startLoad(at);
  };
  /** A new source pauses the element (HTML, "media element load algorithm"); hls.js plays on only what it saw begin. */
  const playOn = () => {
    const play = () => void (video.paused && video.play().catch(() => undefined));
    video.addEventListener('loadedmetadata', play, { once: true });
  };
  const end = () => {
    if (!current) return;
    current.restrictions.skip = false;
    hls.interstitialsManager?.skip();
  };
  const alive = () => (video.paused && shows ? null : video.currentTime);

  hls.on(Events.INTERSTITIAL_STARTED, (_name, { event }) => {
    current = event;
    shows = false;
    if (event.cue.pre && startAt > 0) wanted = startAt;
    if (news.seen(event.startOffset)) queueMicrotask(end); // hls.js is still busy with beginning it
    unwatch();
    unwatch = watchOver(alive, end);
  });
  hls.on(Events.INTERSTITIAL_ASSET_STARTED, (_name, { event, asset, assetListIndex: index }) => {
    // Typed as the specification has it; ours says more (schema/api/ads.ts).
    const list = event.assetListResponse as AssetList | null;
    const advert = list?.ASSETS[index]?.['X-ADVERT'];
    if (!shows) {
      rate = video.playbackRate;
      if (!video.paused) playOn();
      shows = true;
      news.began(event.startOffset, wanted ?? event.startOffset);
    }
    if (!advert) return;
    news.showing({
      advert,
      number: index + 1,
      count: event.assetList.filter(({ error }) => !error).length,
      duration: asset.duration ?? 0,
      left: () => {
        const player = hls.interstitialsManager?.interstitialPlayer;
        return player ? Math.max(0, player.duration - player.currentTime) : 0;
      },
    });
  });
  hls.on(Events.INTERSTITIAL_ASSET_ENDED, (_name, { asset, player }) =>
    news.shown(!asset.error && (player?.remaining ?? 0) < 1),
  );
  const over = () => {
    if (!current) return;
    const at = wanted ?? current.startOffset;
    if (Math.abs(at - current.startOffset) > SAME_PLACE) goTo(at);
    unwatch();
    current = wanted = null;
    returning = true;
    if (!shows) {
      nudge = setTimeout(() => wake(at), NUDGE_MS);
      return;
    }
    shows = false;
    news.over(at);
  };
  hls.on(Events.INTERSTITIALS_PRIMARY_RESUMED, over);
  // Of a break that came to nothing before it began hls.js says only this; of others it says more before it is done.
  hls.on(Events.INTERSTITIAL_ENDED, (_name, { event }) => queueMicrotask(() => current === event && over()));
  hls.on(Events.DESTROYING, () => {
    unwatch();
    clearTimeout(nudge);
    video.removeEventListener('seeking', seeking, { capture: true });
    for (const event of ['playing', 'seeked', 'canplay']) video.removeEventListener(event, settled);
  });
  return { end };
}

/** Whether its playlist says that nobody jumps over it. What hls.js reads of that is ours to change, from seek to seek. */
const isHeld = ({ dateRange }: InterstitialEvent): boolean =>
  dateRange.attr.enumeratedStringList('X-RESTRICT', { skip: false, jump: false }).jump;
