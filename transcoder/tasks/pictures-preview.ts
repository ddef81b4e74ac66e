import type { Pictures } from '../../schema/media-facts.ts';
import { countFrames } from '../ffmpeg/probe.ts';
import type { Look } from '../plan/pictures/look.ts';
import {
  choosePreview,
  clipSeconds,
  PREVIEW_FILE,
  PREVIEW_TIMES,
  previewCommand,
} from '../plan/pictures/preview.ts';
import { preRolls, type Studio } from './pictures-studio.ts';

/** A few silent seconds of the film. */
export async function makePreview(studio: Studio, looks: readonly Look[]): Promise<Pictures['preview']> {
  const { run, url } = studio;
  const clip = choosePreview(run.spec.plan, looks);
  if (!clip) return null;
  for (const preRoll of preRolls) {
    await studio.ffmpeg(previewCommand(run.spec.plan, clip, { url, preRoll }));
    const { frames } = await countFrames(studio.path(PREVIEW_FILE), run);
    if (frames === clip.frames && (await studio.begins(PREVIEW_TIMES, clip.start))) break;
  }
  const file = await studio.take(PREVIEW_FILE);
  const { start, width, height } = clip;
  return {
    ...studio.add('preview.mp4', file, 'video/mp4'),
    start,
    duration: clipSeconds(clip),
    width,
    height,
  };
}
