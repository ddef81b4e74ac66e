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

export type EngineOptions = {
  video: HTMLVideoElement;
  masterUrl: string;
  /** Files of another origin are fetched with cookies. */
  credentials?: boolean;
  /** Seconds. */
  startAt: number;
  /** Qualities or audio tracks are others than before. */
  onTracks: () => void;
  onFailure: (failure: Failure) => void;
};
