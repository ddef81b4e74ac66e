import type { StateMediator } from 'media-chrome/media-store/state-mediator.js';
import type { Chapter } from '../../schema/package.ts';
import type { Engine } from './engine.ts';

/** Fired at the video when the engine's choices are others than before. */
export const TRACKS_EVENT = 'engawa:tracks';
const mediaEvents = ['emptied', 'loadstart', TRACKS_EVENT];

type Sources = {
  engine: () => Engine | null;
  chapters: () => readonly Chapter[];
  /** What a track is called in a menu, by its id. */
  audioLabel: (id: string) => string;
  /** The viewer chose by hand. */
  onAudio: (id: string) => void;
};

/**
 * The player's facts that the media element does not have, as a table of { get, set, events }: quality, audio, chapters.
 * The engine is the truth; the controls library reads and changes it through this table, and keeps no copy.
 */
export const trackFacts = ({ engine, chapters, audioLabel, onAudio }: Sources) =>
  ({
    mediaRenditionList: { get: () => engine()?.qualities() ?? [], mediaEvents },
    mediaRenditionSelected: {
      // Undefined is how the library says "automatic".
      get: () => engine()?.quality ?? (undefined as unknown as string),
      set: (id) => {
        const current = engine();
        if (current) current.quality = id === 'auto' ? null : id;
      },
      mediaEvents,
    },
    mediaRenditionUnavailable: {
      get: () => ((engine()?.qualities().length ?? 0) > 1 ? undefined : 'unavailable'),
      mediaEvents,
    },
    mediaAudioTrackList: {
      get: () => (engine()?.audio() ?? []).map((track) => ({ ...track, label: audioLabel(track.id) })),
      mediaEvents,
    },
    mediaAudioTrackEnabled: {
      get: () =>
        engine()
          ?.audio()
          .find(({ enabled }) => enabled)?.id ?? '',
      set: (id) => {
        engine()?.chooseAudio(id);
        onAudio(id);
      },
      mediaEvents,
    },
    mediaAudioTrackUnavailable: {
      get: () => ((engine()?.audio().length ?? 0) > 1 ? undefined : 'unavailable'),
      mediaEvents,
    },
    mediaChaptersCues: {
      get: () => chapters().map(({ title, start, end }) => ({ text: title, startTime: start, endTime: end })),
      mediaEvents: ['loadedmetadata', TRACKS_EVENT],
    },
  }) satisfies Partial<StateMediator>;
