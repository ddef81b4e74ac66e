import type { Play } from '../../schema/api/playback.ts';
import type { BreakNews, Breaks } from './breaks.ts';

/** What the player needs of whatever feeds the video: hls.js, or the browser itself. */
export type Quality = { id: string; width: number; height: number; bitrate: number };
/** `id`: of the track in the answer to the play. */
export type AudioChoice = { id: string; language: string; enabled: boolean };

/** What one sees, and what decided that; `why.ts` puts it into reasons. */
export type Watched = {
  /** What may be chosen, by bitrate, and which of them is shown. */
  qualities: readonly Quality[];
  shown: string | null;
  codec: string;
  /** The highest that automatic choice goes to for a player of this size; null: any. */
  sizeCap: string | null;
  /** Bit/s, measured; null: nothing was fetched yet. */
  bandwidth: number | null;
};

export type Engine = {
  qualities(): Quality[];
  /** Null: chosen by bandwidth. */
  quality: string | null;
  /** Every track, a stereo one and its surround twin as two. */
  audio(): AudioChoice[];
  chooseAudio(id: string): void;
  /** Id of the track that shows; null: none. */
  subtitles: string | null;
  /** Null where the browser keeps that to itself. */
  watched(): Watched | null;
  /** Asks again for what could not be fetched. */
  retry(): void;
  /** Null: there are none, or the browser plays them by itself. */
  breaks: Breaks | null;
  destroy(): void;
};

/** Why it stopped for good. `refused`: the server answered, and said no. */
export type Failure = 'network' | 'refused' | 'media';

/**
 * What feeds the video already when the engine comes (ADR 0053): it takes the buffers over as they are, and goes on from what they
 * hold. Nothing may be appended by others from then on.
 */
export type Running = {
  mediaSource: MediaSource;
  /** `container` and `codec` as the buffer was added with: `video/mp4`, `avc1.640028`. */
  tracks: Partial<Record<'video' | 'audio', { buffer: SourceBuffer; container: string; codec: string }>>;
  /** Bit/s, as it was seen so far. */
  bandwidth: number;
};

export type EngineOptions = {
  video: HTMLVideoElement;
  running?: Running | null;
  /** `credentials`: files of another origin are fetched with cookies. `chosen`: what sounds and shows from the beginning. */
  play: Pick<Play, 'masterUrl' | 'credentials' | 'chosen' | 'subtitles'>;
  /** Seconds. */
  startAt: number;
  /** Qualities or audio tracks are others than before. */
  onTracks: () => void;
  onFailure: (failure: Failure) => void;
  /** What hears of breaks; none: there are none. */
  breaks?: BreakNews | null;
};
