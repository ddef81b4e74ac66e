import type { WatchPreferences } from './api/me.ts';

// What pages about profiles offer. Apart from the shapes, so that they do not carry valibot.
export const MAX_PROFILES = 5;
/** Files in web/public/avatars, without their ending. */
export const avatars = ['fox', 'crane', 'koi', 'lantern', 'moon', 'maple', 'daruma', 'wave'] as const;
export const defaultPreferences: WatchPreferences = {
  prefer: 'sub',
  audio: [],
  subtitles: [],
  shield: false,
};
