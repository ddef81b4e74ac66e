/** What the player needs of whatever feeds the video: hls.js, or the browser itself. */
export type Quality = { id: string; width: number; height: number; bitrate: number };
/** `label`: the NAME in the playlist. */
export type AudioChoice = { id: string; label: string; language: string; enabled: boolean };

export type Engine = {
  qualities(): Quality[];
  /** Null: chosen by bandwidth. */
  quality: string | null;
  audio(): AudioChoice[];
  chooseAudio(id: string): void;
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
};

export type EngineOptions = {
  video: HTMLVideoElement;
  running?: Running | null;
  masterUrl: string;
  /** Files of another origin are fetched with cookies. */
  credentials?: boolean;
  /** Seconds. */
  startAt: number;
  /** Qualities or audio tracks are others than before. */
  onTracks: () => void;
  onFailure: (failure: Failure) => void;
};
