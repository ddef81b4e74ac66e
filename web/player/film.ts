/** The events of a media element that say where an episode stands, and how it goes. */
type Moment =
  | 'timeupdate'
  | 'seeking'
  | 'seeked'
  | 'play'
  | 'pause'
  | 'ended'
  | 'ratechange'
  | 'loadedmetadata';

/** The episode in the player, by its own time. In a break the element shows something else, and its time is that one's. */
export type Film = {
  /** Seconds. In a break: where the episode goes on; setting it then changes nothing. */
  currentTime: number;
  /** Seconds; NaN: not known yet. */
  readonly duration: number;
  readonly paused: boolean;
  readonly playbackRate: number;
  /** As of the element; in a break it is known where the episode stands. */
  readonly readyState: number;
  readonly seeking: boolean;
  /** The element shows advertising. */
  readonly away: boolean;
  /** Hears the element while it shows the episode, and only then. */
  addEventListener(moment: Moment, listen: () => void, options: { signal: AbortSignal }): void;
  /** Hears when a break begins and when the episode is back. */
  onAway(listen: (away: boolean) => void, signal: AbortSignal): void;
};

export type Breaking = {
  film: Film;
  /** A break begins: the episode stands still. @param at seconds: where it will go on */
  leave(at: number): void;
  /** The episode is to come back at `at`. It is back once the element stands there. */
  comeBack(at: number): void;
  /** Whatever was to come does not: another play begins in the element. */
  forget(): void;
};

const HAVE_CURRENT_DATA = 2;
/** The first picture of a place may stand this many seconds beside it: films are cut between pictures. */
const NEAR = 1.5;

/** Calls once the episode moves. */
export function onceMoving(film: Film, call: () => void, signal: AbortSignal): void {
  const done = new AbortController();
  const once = () => {
    done.abort();
    call();
  };
  film.addEventListener('timeupdate', once, { signal: AbortSignal.any([done.signal, signal]) });
}

/** What parts of the player steer by, in place of the element that they would see advertisements in. */
export function filmIn(
  video: HTMLVideoElement,
  duration: () => number | null,
  signal: AbortSignal,
): Breaking {
  let at: number | null = null;
  let returning = false;
  const hearers = new Set<(away: boolean) => void>();
  const tell = (away: boolean) => [...hearers].forEach((hear) => hear(away));
  const back = () => {
    at = null;
    returning = false;
    tell(false);
  };
  const look = () => {
    if (at === null || !returning || video.seeking || video.readyState < HAVE_CURRENT_DATA) return;
    if (Math.abs(video.currentTime - at) < NEAR) back();
  };
  for (const event of ['loadeddata', 'seeked', 'timeupdate', 'playing'])
    video.addEventListener(event, look, { signal });
  const film: Film = {
    get currentTime() {
      return at ?? video.currentTime;
    },
    set currentTime(seconds) {
      if (at === null) video.currentTime = seconds;
    },
    get duration() {
      return at === null ? video.duration : (duration() ?? Number.NaN);
    },
    get paused() {
      return video.paused;
    },
    get playbackRate() {
      return video.playbackRate;
    },
    get readyState() {
      return at === null ? video.readyState : HAVE_CURRENT_DATA;
    },
    get seeking() {
      return at === null && video.seeking;
    },
    get away() {
      return at !== null;
    },
    addEventListener: (moment, listen, { signal: until }) =>
      video.addEventListener(moment, () => at === null && listen(), { signal: until }),
    onAway: (listen, until) => {
      hearers.add(listen);
      until.addEventListener('abort', () => hearers.delete(listen));
    },
  };
  return {
    film,
    leave: (stands) => {
      const away = at !== null;
      at = stands;
      returning = false;
      if (!away) tell(true);
    },
    comeBack: (stands) => {
      if (at === null) return;
      at = stands;
      returning = true;
      look();
    },
    forget: () => at !== null && back(),
  };
}
