import type { Play } from '../../schema/api/playback.ts';
import type { ProblemDocument } from '../../schema/problem.ts';
import { api } from '../api.ts';
import { signInThen, to } from '../paths.ts';
import type { Here } from '../visit.ts';
import { inThisRoom } from './choice.ts';
import { breakView, type BreakView } from './break-view.ts';
import { choosing } from './choosing.ts';
import { makeControls } from './controls.ts';
import type { Engine, Failure, Running } from './engine.ts';
import { engineFor, feeds } from './engine-for.ts';
import type { Episode } from './episode.ts';
import { filmIn, onceMoving } from './film.ts';
import { makeHelp } from './help.ts';
import { menuLabels, named } from './labels.ts';
import { playParts } from './parts.ts';
import { preferences } from './preferences.ts';
import { showResumed } from './resumed.ts';
import { seat } from './seat.ts';
import { beginSitting, type Sitting } from './sitting.ts';
import type { Skips } from './skip.ts';
import { makeHint, type Stage } from './stage.ts';
import { playerState } from './state.ts';
import { steerByKeys } from './steering.ts';
import { TRACKS_EVENT, trackFacts } from './tracks.ts';
import { offline, refusedPlay, stoppedPlay, unsupported, type Trouble } from './trouble.ts';
import { showTrouble } from './trouble-view.ts';
import { typesetOver } from './typeset.ts';
import { lookAt, untilBack } from './until-back.ts';
import { bufferAhead, makeWhy } from './why-view.ts';
import { playerWords } from './words.ts';

export type PlayerOptions = {
  episode: Episode;
  here: Here;
  /** The viewer goes on to another episode: the page is to show it, and to call `show` with what it knows of it. */
  onEpisode: (episodeId: string) => void;
  /** What the page is to say of advertising beside the player, and of the way without it; null: nothing. */
  onAds?: (note: AdsNote | null) => void;
  /** What began before the player was there: it goes on with that play, in that element. Null: it came to nothing. */
  begun?: Promise<Begun | null>;
};

export type AdsNote = { text: string; way: string };

/** A play that runs already (ADR 0053), and the element in which it does; the controls are put around that. */
export type Begun = {
  play: Play;
  video: HTMLVideoElement;
  /** What feeds it stops where the engine can go on from what is buffered. Null: nothing feeds it, or it broke. */
  handOver: (() => Promise<Running | null>) | null;
  /** Seconds: where it began. */
  position: number;
  /** From now on the player says where the viewer is, and when they leave. */
  sat: () => void;
};

export type Player = {
  /** Plays another episode in the same element: full screen, volume and speed stay as they are. */
  show(episode: Episode): void;
  leave(): void;
};

/** A refusal this many milliseconds into a play means that the grant ran out, not that there was none. */
const GRANT_RAN_OUT = 60_000;
/** So long, in milliseconds, the next play waits until the one before it has said where the viewer was. */
const GOODBYE = 1_000;
/** With less than this in store, in seconds, the picture stands. */
const RUN_DRY = 0.5;
/** Puts the player into `root`, and starts. */
export async function mountPlayer(root: HTMLElement, options: PlayerOptions): Promise<Player> {
  const { here, onEpisode, begun = Promise.resolve(null) } = options;
  const [words, already] = await Promise.all([playerWords(here.visit.language), begun]);
  const left = new AbortController();
  const { signal } = left;
  /** Of the play at hand: what stands over it goes with it. */
  let over = new AbortController();
  let episode = options.episode;
  let engine: Engine | null = null;
  let play: Play | null = null;
  let lastSession: string | undefined;
  let sitting: Sitting | null = null;
  let skips: Skips | null = null;
  let trouble: Trouble | null = null;
  let startedAt = 0;
  let position = 0;
  let looking = false;
  /** What began before the player was there, until it goes on with that. */
  let early = already;
  let view: BreakView | null = null;
  /** Breaks of this episode that were shown, by their second: a play that goes on anew does not show them again. */
  const seenBreaks = new Set<number>();

  const { element, video } = makeControls({
    words,
    root,
    video: already?.video ?? null,
    facts: trackFacts({
      engine: () => engine,
      chapters: () => play?.chapters ?? [],
      audioLabel: (id) => menuLabels(play?.audio ?? [], words)(id) ?? id,
      onAudio: (id) => chosen.heard(id),
    }),
    subtitleLabel: (name) => {
      const tracks = play?.subtitles ?? [];
      const track = named(tracks, name);
      return (track && menuLabels(tracks, words)(track.id)) ?? name;
    },
    onHelp: () => help.toggle(),
  });
  const breaking = filmIn(video, () => play?.duration ?? null, signal);
  const { film } = breaking;
  const stage: Stage = { root, video, film, words, say: makeHint(root) };
  const why = makeWhy(
    stage,
    () => engine,
    () => play?.maxHeight ?? null,
    signal,
  );
  const help = makeHelp(stage, why.toggle, signal);
  const typeset = typesetOver(root, video, signal);

  const now = () => engine && play && { engine, play, titleId: episode.titleId };
  const chosen = choosing(stage, element, now, signal);
  const go = (to: { id: string } | null) => to && onEpisode(to.id);

  const report = () => (root.dataset['state'] = playerState.get(video, trouble !== null));
  for (const event of playerState.events) video.addEventListener(event, report, { signal });
  video.addEventListener(
    TRACKS_EVENT,
    () => {
      const shown = engine?.subtitles ?? null;
      typeset.show(play?.subtitles.find(({ id }) => id === shown)?.typeset ?? null);
    },
    { signal },
  );
  globalThis.addEventListener('offline', () => void lost(), { signal });
  const also = {
    subtitles: chosen.toggleSubtitles,
    next: () => go(episode.next),
    previous: () => go(episode.previous),
    skip: () => (film.away ? view?.skip() : void skips?.skip()),
    why: why.toggle,
    help: help.toggle,
  };
  steerByKeys(stage, element, also, signal);

  const tell = (what: Trouble | null) => {
    trouble = what;
    report();
    const path = to('watch', { episode: episode.id }); // the page may have come to it in place
    const ways = {
      retry: () => void start(),
      here: () => void start(),
      begin: () => void start(lastSession, true),
      'sign-in': signInThen(path),
      plans: to('ways', { episode: episode.id }),
      profiles: `${to('profiles')}?next=${encodeURIComponent(path)}`,
      back: to('title', { slug: episode.titleSlug }),
    };
    showTrouble(root, what, words, what && ways[what.way], ({ sessionId }) => void start(sessionId));
  };
  const fail = (what: Trouble) => {
    video.pause();
    tell(what);
  };
  const leave = (): Promise<unknown> | undefined => {
    position = film.currentTime || position; // an engine that is gone leaves an empty video, at 0
    over.abort();
    const told = sitting?.leave(); // first: it says where the viewer is
    engine?.destroy();
    engine = null;
    view?.leave();
    view = null;
    return told;
  };
  const refused = (problem: ProblemDocument) => {
    void leave(); // or it would go on from what it has in store
    fail(refusedPlay(here, words, problem));
  };
  const stopped = async (failure: Failure) => {
    const { signal: playing } = over;
    // Whoever fetches a key is not told why there is none; a heartbeat is.
    const problem = await sitting?.tell();
    if (playing.aborted) return;
    const ranOut =
      performance.now() - startedAt > GRANT_RAN_OUT || (play !== null && Date.now() >= play.until);
    if (problem) refused(problem);
    // The grant ran out under somebody who is watching: ask for the next one, and go on.
    else if (failure === 'refused' && ranOut) await start();
    else if (failure === 'network' && play) await lost();
    else fail(stoppedPlay(words, failure));
  };
  /** The network is away: what is in store plays on, it is said once that is used up, and goes on by itself when it is back. */
  const lost = async () => {
    if (looking || !play || !engine) return;
    looking = true;
    const { signal: playing } = over;
    const dry = () => looking && bufferAhead(video) < RUN_DRY && tell(offline(words));
    const watch = setInterval(dry, 500);
    const { masterUrl } = play;
    const found = await untilBack(() => lookAt(masterUrl), playing);
    clearInterval(watch);
    looking = false;
    if (found === null) return;
    if (found === 'refused' || !engine || video.readyState === 0) return start();
    engine.retry();
    tell(null);
  };

  const heard = () => {
    const sounds = engine?.audio().find(({ enabled }) => enabled);
    return play?.audio.find(({ id }) => id === sounds?.id)?.language ?? null;
  };

  /**
   * One play: permission first, then the engine; again from where it stopped after trouble.
   * @param instead a stream elsewhere that ends for this one; else our own one before it, which nobody else is to be kept out by
   * @param beginsRental the viewer was told that the time of their rental begins
   */
  async function start(instead: string | undefined = lastSession, beginsRental = false): Promise<void> {
    const told = leave();
    const own = (over = new AbortController());
    tell(null);
    root.dataset['state'] = 'loading';
    const begin = await engineFor(video);
    if (signal.aborted || own.signal.aborted) return;
    if (!begin) return fail(unsupported(words));
    const first = play === null;
    const running = early;
    early = null;
    if (running) {
      ({ play, position } = running);
    } else {
      // The next play ends this one (seat.ts), and what has ended is not heard any more.
      await Promise.race([told, new Promise((resolve) => setTimeout(resolve, GOODBYE))]);
      if (signal.aborted || own.signal.aborted) return;
      const wanted = {
        cookies: feeds(),
        ...seat(),
        ...(instead ? { takeOver: instead } : {}),
        ...(beginsRental ? { beginsRental } : {}),
      };
      const answer = await api.post<Play>(`/api/episodes/${episode.id}/hls`, wanted);
      if (signal.aborted || own.signal.aborted) return;
      if (!answer.ok)
        return fail(
          answer.problem ? refusedPlay(here, words, answer.problem) : stoppedPlay(words, 'network'),
        );
      play = answer.value;
    }
    lastSession = play.sessionId;
    if (first && play.resumeAt !== null) {
      position = play.resumeAt;
      const note = () => showResumed(root, position, words, () => (film.currentTime = 0));
      // With a break before it begins, the note waits for the episode.
      if (play.ads?.breaks[0] === 0) onceMoving(film, note, own.signal);
      else note();
    }
    sitting = beginSitting(film, play, position, refused, heard);
    running?.sat();
    skips = playParts(stage, { episode, play, go: onEpisode }, own.signal);
    startedAt = performance.now();
    const handed = running?.handOver ? await running.handOver() : null;
    if (signal.aborted || own.signal.aborted) return;
    const { ads, duration } = play;
    const given = { breaking, seen: seenBreaks, controls: element, breaks: () => engine?.breaks ?? null };
    options.onAds?.(ads && { text: words.t('ads.comes'), way: words.t('ads.without') });
    view = ads && breakView(stage, { ads, duration, ...given });
    engine = begin({
      video,
      running: handed,
      play: { ...play, chosen: inThisRoom(play, preferences().surround) },
      startAt: position,
      onTracks: () => video.dispatchEvent(new Event(TRACKS_EVENT)),
      onFailure: (failure) => void stopped(failure),
      breaks: view,
    });
    report(); // what ran already fires nothing
    // Refused where the browser wants a click first; the button in the middle is there for that.
    // What ran already runs on, or stands where the viewer paused it meanwhile.
    if (!handed && (running || !episode.patient || position > 0)) await video.play().catch(() => undefined);
  }

  root.append(element);
  const label = () =>
    element.setAttribute('aria-label', words.t('label', { name: `${episode.title}: ${episode.name}` }));
  label(); // the library gives its own name as it is put in place
  void start();
  return {
    show: (next) => {
      if (next.id === episode.id) {
        episode = next;
        return;
      }
      void leave();
      video.pause();
      if (early) {
        // Of the episode before: it is over, and is not to keep this one out.
        lastSession = early.play.sessionId;
        early.sat();
        early = null;
      }
      episode = next;
      seenBreaks.clear();
      play = null;
      position = 0;
      root.querySelector('.resumed')?.remove();
      label();
      void start();
    },
    leave: () => {
      left.abort();
      void leave();
      element.remove();
    },
  };
}
