import type { Pictures } from '../../schema/media-facts.ts';
import type { EncodeResult, WrittenObject } from '../../schema/jobs/task.ts';
import { imageTypes } from '../ffmpeg/image-types.ts';
import { durationOf } from '../plan/pictures/looks-args.ts';
import { peaksPerSecond } from '../plan/pictures/waveform.ts';
import { readLooks } from './pictures-looks.ts';
import { makePreview } from './pictures-preview.ts';
import { makeStills } from './pictures-stills.ts';
import { makeStoryboard } from './pictures-storyboard.ts';
import { Studio } from './pictures-studio.ts';
import type { TaskRun } from './task.ts';
import { writeObjects } from './write.ts';

/**
 * What an episode is shown by: stills, a storyboard, a short preview and a waveform. One read of the whole source serves them all;
 * stills and preview then read their own places. Not encrypted: addresses on the CDN are signed.
 */
export async function pictures(run: TaskRun<'pictures'>): Promise<EncodeResult> {
  const { plan } = run.spec;
  const studio = await Studio.open(run);
  run.report(0.02, 'reading key frames');
  const { looks, wave } = await readLooks(studio);
  const types = await imageTypes(run.settings.ffmpeg, run.signal);
  const notes = studio.notes;
  if (types.size < 3)
    notes.push(`This FFmpeg writes ${[...types].join(' and ')} only; other formats of stills are left out.`);

  run.report(0.4, 'drawing the storyboard');
  const storyboard = await makeStoryboard(studio, looks, types);
  run.report(0.5, 'choosing stills');
  const stills = await makeStills(studio, looks, types, (share) =>
    run.report(0.5 + 0.35 * share, 'encoding stills'),
  );
  if (stills.length === 0)
    notes.push('No picture of the film is fit for a still: all are dark, flat, blurred or fading.');
  run.report(0.85, 'encoding the preview');
  const preview = await makePreview(studio, looks);

  run.report(0.95, 'uploading');
  const waveform = wave && {
    ...studio.add('waveform.bin', wave, 'application/octet-stream'),
    perSecond: peaksPerSecond(durationOf(plan)),
  };
  const objects: WrittenObject[] = await writeObjects(run, studio.drafts);
  const facts: Pictures = { stills, storyboard, preview, waveform };
  return {
    kind: 'pictures',
    objects,
    cpuSeconds: studio.cpuSeconds,
    notes,
    facts: { of: 'pictures', ...facts },
  };
}
