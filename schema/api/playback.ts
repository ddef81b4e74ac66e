import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { audioRoles, Language, subtitleRoles } from '../ladder.ts';
import { Marker } from '../media-facts.ts';
import { Chapter } from '../package.ts';

const track = { id: v.string(), language: Language, name: v.string(), default: v.boolean() };

/** `POST /api/episodes/:id/hls`: one play. */
export const Play = v.object({
  sessionId: idSchema('playback'),
  /** Absolute; the token is in its path, so relative addresses inherit it and players need no header. */
  masterUrl: v.string(),
  /** Milliseconds UTC: no key is given after it. Ask again before then to go on. */
  until: v.number(),
  /** Seconds. */
  duration: v.number(),
  /** Pixels: the tallest picture this grant allows. */
  maxHeight: v.number(),
  audio: v.array(v.object({ ...track, role: v.picklist(audioRoles), channels: v.number() })),
  subtitles: v.array(v.object({ ...track, role: v.picklist(subtitleRoles) })),
  chapters: v.array(Chapter),
  markers: v.array(Marker),
});
export type Play = v.InferOutput<typeof Play>;
