import type { Plan } from '../../../schema/jobs/plan.ts';
import type { CertificateCheck, Measured } from '../../../schema/jobs/task.ts';
import type { Package } from '../../../schema/package.ts';
import { carriedFaults } from './amend-package.ts';
import { secondsOf } from '../grid.ts';
import type { Facts } from './measured.ts';
import { OFFSET_SECONDS } from '../timeline.ts';
import {
  boundaryFaults,
  durationFaults,
  durationMeasured,
  initFaults,
  keyFrameFaults,
  segmentFaults,
  syncFaults,
  syncMeasured,
  timeFaults,
} from './verify-media.ts';
import { bandwidthFaults, bandwidthMeasured, codecFaults, playlistFaults } from './verify-playlists.ts';
import {
  fileFaults,
  loudnessFaults,
  loudnessMeasured,
  storyboardFaults,
  subtitleFaults,
  trickFaults,
} from './verify-tracks.ts';

/**
 * The certificate's checks. Pure: the same facts always give the same certificate. `plan` is what this job made and what was read
 * back; `pack` is the asset as it will be, which after an amendment has renditions of earlier jobs too: what of them can be
 * checked without reading them is.
 */
export function verify(plan: Plan, pack: Package, facts: Facts): CertificateCheck[] {
  const lasts = `${secondsOf(plan.frames, plan.frameRate).toFixed(3)} s`;
  return [
    check('objects', facts.faults, `${facts.objects} objects are stored with their size and hash`),
    check('readable', facts.unreadable, 'every segment opens with the key of its period'),
    check(
      'segments',
      segmentFaults(plan, facts),
      'every rendition has every segment once, in its key period',
    ),
    check(
      'init',
      initFaults(plan, facts),
      'one init segment a rendition, of the codec and size that was planned',
    ),
    check('boundaries', boundaryFaults(plan, facts), `${plan.grid.length} boundaries, equal in all rungs`),
    check(
      'key-frames',
      keyFrameFaults(plan, facts),
      'every segment begins with a key frame, and rungs have theirs together',
    ),
    check(
      'decode-times',
      timeFaults(plan, facts),
      `decode times are absolute from ${OFFSET_SECONDS} s, without a gap`,
    ),
    check(
      'sync',
      syncFaults(plan, facts),
      'picture and sound begin within one AAC frame of each other',
      syncMeasured(plan, facts),
    ),
    check(
      'durations',
      durationFaults(plan, facts),
      `every rendition lasts ${lasts}`,
      durationMeasured(plan, facts),
    ),
    check('codecs', codecFaults(pack, facts), 'CODECS names what the bitstreams are'),
    check(
      'bandwidth',
      bandwidthFaults(pack, facts),
      'BANDWIDTH covers the peaks, AVERAGE-BANDWIDTH is within 2 %',
      bandwidthMeasured(pack, facts),
    ),
    check('playlists', playlistFaults(pack, facts), `${facts.playlists.size} playlists list what is stored`),
    check(
      'decode',
      decodeFaults(facts),
      `${facts.decoded.length} renditions decode whole at their first and last segment`,
    ),
    check(
      'loudness',
      loudnessFaults(plan, pack),
      'every track sounds within 1 LU of the target, its peaks below the ceiling',
      loudnessMeasured(plan, pack),
    ),
    check('subtitles', subtitleFaults(plan, facts), 'every cue shows within the episode and its segment'),
    check(
      'trick-play',
      trickFaults(plan, facts),
      'key frames for fast seeking stand alone, in order, over the whole episode',
    ),
    check(
      'files',
      fileFaults(pack, facts),
      'pictures, fonts and fingerprints are stored as the package names them',
    ),
    ...(facts.base ? [check('carried', carriedFaults(facts.base, pack), carriedOver(facts.base, pack))] : []),
    check('storyboard', storyboardFaults(pack, facts), 'the storyboard covers the episode'),
  ];
}

const carriedOver = (base: Package, pack: Package): string => {
  const before = new Set([...base.video, ...base.audio, ...base.subtitles].map(({ id }) => id));
  const kept = [...pack.video, ...pack.audio, ...pack.subtitles].filter(({ id }) => before.has(id));
  return `verified for revision ${base.revision} and kept as they are: ${kept.map(({ id }) => id).join(', ')}`;
};

/** @param measured a figure, where the check has one that says more than how many places are wrong */
function check(
  name: string,
  faults: readonly string[],
  good: string,
  measured: Measured = { value: faults.length, unit: 'faults', limit: 0 },
): CertificateCheck {
  const shown = faults.slice(0, 5).join('; ');
  const more = faults.length > 5 ? `; and ${faults.length - 5} more` : '';
  return { name, holds: faults.length === 0, detail: faults.length === 0 ? good : shown + more, measured };
}

/** A demuxer that sees other times than were written would show pictures out of step with the sound. */
const decodeFaults = (facts: Facts): string[] =>
  facts.decoded.flatMap(({ name, expected, found }) => [
    ...(found.frames === expected.frames ? [] : [`${name} decodes to ${found.frames} of ${expected.frames}`]),
    ...(found.start === expected.start ? [] : [`${name} starts at ${found.start}, not ${expected.start}`]),
    ...(found.log === '' ? [] : [`${name}: ${found.log.slice(0, 200)}`]),
  ]);
