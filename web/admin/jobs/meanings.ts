import type { jobs } from '../../i18n/admin/en-jobs.ts';

/** What the checks of a certificate mean to whoever is no engineer; a check from a newer transcoder has no words yet. */
const meanings = {
  objects: 'check.objects',
  readable: 'check.readable',
  segments: 'check.segments',
  init: 'check.init',
  boundaries: 'check.boundaries',
  'key-frames': 'check.key-frames',
  'decode-times': 'check.decode-times',
  sync: 'check.sync',
  durations: 'check.durations',
  codecs: 'check.codecs',
  bandwidth: 'check.bandwidth',
  playlists: 'check.playlists',
  decode: 'check.decode',
  loudness: 'check.loudness',
  subtitles: 'check.subtitles',
  'trick-play': 'check.trick-play',
  files: 'check.files',
  carried: 'check.carried',
  storyboard: 'check.storyboard',
} as const satisfies Record<string, keyof typeof jobs>;

export const meaningOf = (check: string) =>
  Object.hasOwn(meanings, check) ? meanings[check as keyof typeof meanings] : null;
