import type { Play } from '../../schema/api/playback.ts';
import type { ProblemDocument } from '../../schema/problem.ts';
import { api } from '../api.ts';
import { signInThen, to } from '../paths.ts';
import type { Here } from '../visit.ts';
import { makeControls } from './controls.ts';
import type { Engine, EngineOptions, Failure, Running } from './engine.ts';
import { menuLabels } from './labels.ts';
import { showResumed } from './resumed.ts';
import { beginSitting, type Sitting } from './sitting.ts';
import { playerState } from './state.ts';
import { TRACKS_EVENT, trackFacts } from './tracks.ts';
import { refusedPlay, stoppedPlay, unsupported, type Trouble } from './trouble.ts';
import { showTrouble } from './trouble-view.ts';
import { playerWords } from './words.ts';

export type PlayerOptions = {
  episodeId: string;
  name: string;
  titleSlug: string;
  here: Here;
  /** Waits for the viewer to press play: what begins may harm some of them. */
  patient?: boolean;
  /** What began before the player was there: it goes on with that play, in that element. Null: it came to nothing. */
  begun?: Promise<Begun | null>;
};

/** A play that runs already (ADR 0053), and the element in which it does; the controls are put around that. */
export type Begun = {
  play: Play;
  video: HTMLVideoElement;
  /** Null: there is nothing in its buffers worth keeping. */
  running: Running | null;
  /** Seconds: where it began. */
  position: number;
};

/** A refusal this many milliseconds into a play means that the grant ran out, not that there was none. */
const GRANT_RAN_OUT = 60_000;

/** Puts the player into `root`, and starts. @returns what takes it away again */
export async function mountPlayer(
  root: HTMLElement,
  { episodeId, name, titleSlug, here, patient = false, begun = Promise.resolve(null) }: PlayerOptions,
) {
  const [words, already] = await Promise.all([playerWords(here.visit.language), begun]);
  const left = new AbortController();
  const { signal } = left;
  let engine: Engine | null = null;
  let play: Play | null = null;
  let sitting: Sitting | null = null;
  let trouble: Trouble | null = null;
  let startedAt = 0;
  let position = 0;

  const label = (kind: 'audio' | 'subtitles') => (playlistName: string) =>
    menuLabels(play?.[kind] ?? [], words)(playlistName);
  const { element, video, key } = makeControls({
    words,
    video: already?.video ?? null,
    facts: trackFacts({ engine: () => engine, chapters: () => play?.chapters ?? [] }),
    audioLabel: label('audio'),
    subtitleLabel: label('subtitles'),
  });
  const report = () => (root.dataset['state'] = playerState.get(video, trouble !== null));
  for (const event of playerState.events) video.addEventListener(event, report, { signal });
  document.addEventListener('keydown', (event) => event.target === document.body && key(event), { signal });

  const fail = (what: Trouble) => {
    trouble = what;
    video.pause();
    report();
    const ways = {
      retry: () => void start(),
      here: () => void start(),
      'sign-in': signInThen(here.visit.path),
      profiles: `${to('profiles')}?next=${encodeURIComponent(here.visit.path)}`,
      back: to('title', { slug: titleSlug }),
    };
    showTrouble(root, what, words, ways[what.way], ({ sessionId }) => void start(sessionId));
  };
  const leave = () => {
    position = video.currentTime || position; // an engine that is gone leaves an empty video, at 0
    sitting?.leave(); // first: it says where the viewer is
    engine?.destroy();
    engine = null;
  };
  const refused = (problem: ProblemDocument) => {
    leave(); // or it would go on from what it has in store
    fail(refusedPlay(here, words, problem));
  };
  const stopped = async (failure: Failure) => {
    // Whoever fetches a key is not told why there is none; a heartbeat is.
    const problem = await sitting?.tell();
    if (signal.aborted) return;
    if (problem) refused(problem);
    // The grant ran out under somebody who is watching: ask for the next one, and go on.
    else if (failure === 'refused' && performance.now() - startedAt > GRANT_RAN_OUT) await start();
    else fail(stoppedPlay(words, failure));
  };

  /**
   * One play: permission first, then the engine; again from where it stopped after trouble.
   * @param instead a stream elsewhere that ends for this one; else our own one before it, which nobody else is to be kept out by
   */
  async function start(instead: string | undefined = play?.sessionId): Promise<void> {
    leave();
    trouble = null;
    showTrouble(root, null, words, null);
    root.dataset['state'] = 'loading';
    const begin = await engineFor(video);
    if (signal.aborted) return;
    if (!begin) return fail(unsupported(words));
    const first = play === null;
    const running = first ? already : null;
    if (running) {
      ({ play, position } = running);
    } else {
      const wanted = { cookies: feeds(), ...(instead ? { takeOver: instead } : {}) };
      const answer = await api.post<Play>(`/api/episodes/${episodeId}/hls`, wanted);
      if (signal.aborted) return;
      if (!answer.ok)
        return fail(
          answer.problem ? refusedPlay(here, words, answer.problem) : stoppedPlay(words, 'network'),
        );
      play = answer.value;
    }
    if (first && play.resumeAt !== null) {
      position = play.resumeAt;
      showResumed(root, position, words, () => (video.currentTime = 0));
    }
    sitting = beginSitting(video, play, position, refused);
    startedAt = performance.now();
    const onFailure = (failure: Failure) => void stopped(failure);
    const onTracks = () => video.dispatchEvent(new Event(TRACKS_EVENT));
    const { masterUrl, credentials } = play;
    const from = { video, running: running?.running ?? null, masterUrl, credentials, startAt: position };
    engine = begin({ ...from, onTracks, onFailure });
    // Refused where the browser wants a click first; the button in the middle is there for that.
    if (!patient || position > 0) await video.play().catch(() => undefined);
  }

  root.append(element);
  element.setAttribute('aria-label', words.t('label', { name })); // the library gives its own name as it is put in place
  void start();
  return () => {
    left.abort();
    leave();
    element.remove();
  };
}

/** Whether we fetch what is played, with cookies if need be. What a browser fetches by itself it also hands to a TV, which has none. */
const feeds = () => 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;

/** Media Source Extensions first, the browser's own HLS where there are none (ADR 0021). */
async function engineFor(video: HTMLVideoElement): Promise<((options: EngineOptions) => Engine) | null> {
  if (feeds()) return (await import('./hls.ts')).startHls;
  if (video.canPlayType('application/vnd.apple.mpegurl')) return (await import('./native.ts')).startNative;
  return null;
}
