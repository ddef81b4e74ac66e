import type { Plan } from '../../schema/jobs/plan.ts';
import type { CertificateCheck } from '../../schema/jobs/task.ts';
import type { Package } from '../../schema/package.ts';
import type { InitFacts } from './codec.ts';
import { bitrates } from './bitrate.ts';
import { secondsOf } from './grid.ts';
import { AAC_FRAME, AAC_PRIMING, OFFSET_SECONDS, SAMPLE_RATE } from './timeline.ts';

/** A media segment as it was read back from the store and decrypted. Ticks of the rendition's timescale. */
export type MeasuredSegment = {
  index: number;
  period: number;
  bytes: number;
  decodeTime: number;
  composition: number;
  duration: number;
  samples: number;
};
/** `start`: presentation time of the first picture or frame, ticks. */
export type DecodedSegment = {
  name: string;
  expected: { frames: number; start: number };
  found: { frames: number; start: number; log: string };
};
/** Everything that was measured on the stored objects. */
export type Facts = {
  /** What is wrong with stored objects, in words: missing, another size, another hash, not decryptable. */
  faults: readonly string[];
  objects: number;
  inits: ReadonlyMap<string, InitFacts>;
  /** By rendition, in order. Subtitles: index, period and bytes only mean something. */
  segments: ReadonlyMap<string, readonly MeasuredSegment[]>;
  /** Segments that were decoded by FFmpeg, as any player would: what should come out, and what did. */
  decoded: readonly DecodedSegment[];
  /** The static multivariant playlist, as written. */
  master: string;
};

/** The certificate's checks. Pure: the same facts always give the same certificate. */
export function verify(plan: Plan, pack: Package, facts: Facts): CertificateCheck[] {
  return [
    check('objects', facts.faults, `${facts.objects} objects are stored with their size and hash`),
    check(
      'segments',
      segmentFaults(plan, facts),
      'every rendition has every segment once, in its key period',
    ),
    check(
      'init',
      initFaults(plan, facts),
      'one init segment a rendition, with the codec and size of its bitstream',
    ),
    check('boundaries', boundaryFaults(plan, facts), `${plan.grid.length} boundaries, equal in all rungs`),
    check(
      'decode-times',
      timeFaults(plan, facts),
      `decode times are absolute from ${OFFSET_SECONDS} s, without a gap`,
    ),
    check('durations', durationFaults(plan, facts), `every rendition lasts ${pack.duration.toFixed(3)} s`),
    check('codecs', codecFaults(facts), 'CODECS names what the bitstreams are'),
    check(
      'bandwidth',
      bandwidthFaults(pack, facts),
      'BANDWIDTH covers the peaks, AVERAGE-BANDWIDTH is within 2 %',
    ),
    check('decode', decodeFaults(facts), `${facts.decoded.length} first and last segments decode whole`),
  ];
}

function check(name: string, faults: readonly string[], good: string): CertificateCheck {
  const shown = faults.slice(0, 5).join('; ');
  const more = faults.length > 5 ? `; and ${faults.length - 5} more` : '';
  return { name, holds: faults.length === 0, detail: faults.length === 0 ? good : shown + more };
}

const of = (facts: Facts, rendition: string) => facts.segments.get(rendition) ?? [];

function segmentFaults(plan: Plan, facts: Facts): string[] {
  const expected = [
    ...[...plan.rungs, ...plan.audio].map(({ id }) => ({
      id,
      periods: plan.grid.map(({ period }) => period),
    })),
    ...plan.subtitles.map(({ id }) => ({ id, periods: Array.from({ length: plan.periods }, (_, i) => i) })),
  ];
  const faults = expected.flatMap(({ id, periods }) => {
    const found = of(facts, id);
    if (found.length !== periods.length) return [`${id} has ${found.length} of ${periods.length} segments`];
    return periods.flatMap((period, i) =>
      found[i]!.index === i && found[i]!.period === period
        ? []
        : [`${id} has segment ${found[i]!.index} of period ${found[i]!.period} at place ${i}`],
    );
  });
  const known = new Set(expected.map(({ id }) => id));
  const strangers = [...facts.segments.keys()].filter((id) => !known.has(id));
  return [...faults, ...strangers.map((id) => `${id} is not in the plan`)];
}

function initFaults(plan: Plan, facts: Facts): string[] {
  return [
    ...plan.rungs.flatMap((rung) => {
      const init = facts.inits.get(rung.id);
      if (!init) return [`${rung.id} has no init segment`];
      return init.width === rung.width && init.height === rung.height && init.codec.startsWith('avc1.')
        ? []
        : [`${rung.id} is ${init.codec} ${init.width}×${init.height}`];
    }),
    ...plan.audio.flatMap(({ id }) => {
      const init = facts.inits.get(id);
      if (!init) return [`${id} has no init segment`];
      return init.codec === 'mp4a.40.2' && init.timescale === SAMPLE_RATE
        ? []
        : [`${id} is ${init.codec} at ${init.timescale} Hz`];
    }),
  ];
}

/** Pictures: each rung has the grid's number of frames in each segment, and starts it at the same presentation time. */
function boundaryFaults(plan: Plan, facts: Facts): string[] {
  return plan.rungs.flatMap(({ id }) => {
    const timescale = facts.inits.get(id)?.timescale ?? 1;
    return of(facts, id).flatMap((segment, i) => {
      const { first, frames } = plan.grid[i] ?? { first: 0, frames: 0 };
      const start = (segment.decodeTime + segment.composition) / timescale;
      const wanted = OFFSET_SECONDS + secondsOf(first, plan.frameRate);
      return segment.samples === frames && Math.abs(start - wanted) < 1e-6
        ? []
        : [`${id}/${i} has ${segment.samples} frames from ${start} s, not ${frames} from ${wanted} s`];
    });
  });
}

function timeFaults(plan: Plan, facts: Facts): string[] {
  return [...plan.rungs, ...plan.audio].flatMap(({ id }) => {
    const segments = of(facts, id);
    const gaps = segments.flatMap((segment, i) => {
      const before = segments[i - 1];
      const wanted = before ? before.decodeTime + before.duration : segment.decodeTime;
      return segment.decodeTime === wanted
        ? []
        : [`${id}/${i} decodes at ${segment.decodeTime}, not ${wanted}`];
    });
    const isAudio = plan.audio.some((track) => track.id === id);
    const start = OFFSET_SECONDS * SAMPLE_RATE - AAC_PRIMING;
    return isAudio && segments[0] && segments[0].decodeTime !== start
      ? [`${id} starts at ${segments[0].decodeTime}, not ${start}`, ...gaps]
      : gaps;
  });
}

function durationFaults(plan: Plan, facts: Facts): string[] {
  const duration = secondsOf(plan.frames, plan.frameRate);
  const frame = secondsOf(1, plan.frameRate);
  const faults = [...plan.rungs, ...plan.audio].flatMap(({ id }) => {
    const isAudio = plan.audio.some((track) => track.id === id);
    const segments = of(facts, id);
    const timescale = facts.inits.get(id)?.timescale ?? 1;
    const ticks = segments.reduce((sum, segment) => sum + segment.duration, 0);
    const played = ticks / timescale - (isAudio ? AAC_PRIMING / SAMPLE_RATE : 0);
    const tolerance = isAudio ? AAC_FRAME / SAMPLE_RATE : 1e-6;
    return Math.abs(played - duration) <= tolerance
      ? []
      : [`${id} lasts ${played.toFixed(4)} s, not ${duration.toFixed(4)} s`];
  });
  return Math.abs(plan.source.duration - duration) <= frame
    ? faults
    : [`the source lasts ${plan.source.duration} s`, ...faults];
}

/** Variants of the master playlist, as its text has them. */
function variants(master: string): { attributes: string; uri: string }[] {
  const lines = master.split('\n');
  return lines.flatMap((line, i) =>
    line.startsWith('#EXT-X-STREAM-INF:') ? [{ attributes: line, uri: lines[i + 1] ?? '' }] : [],
  );
}
const renditionOf = (uri: string) => uri.split('/')[0] ?? '';
const numberOf = (attributes: string, name: string) =>
  Number(new RegExp(`[:,]${name}=(\\d+)`).exec(attributes)?.[1] ?? 0);

function codecFaults(facts: Facts): string[] {
  const sounds = [...facts.inits.values()]
    .map(({ codec }) => codec)
    .filter((codec) => codec.startsWith('mp4a'));
  return variants(facts.master).flatMap(({ attributes, uri }) => {
    const listed = /CODECS="([^"]*)"/.exec(attributes)?.[1]?.split(',') ?? [];
    const wanted = new Set([facts.inits.get(renditionOf(uri))?.codec ?? '?', ...sounds]);
    return listed.length === wanted.size && listed.every((codec) => wanted.has(codec))
      ? []
      : [`${uri} lists ${listed.join()} for ${[...wanted].join()}`];
  });
}

function bandwidthFaults(pack: Package, facts: Facts): string[] {
  const measured = (id: string) => {
    const timescale = facts.inits.get(id)?.timescale ?? 1;
    return bitrates(
      of(facts, id).map(({ bytes, duration, period }) => ({
        uri: '',
        bytes,
        period,
        duration: duration / timescale,
      })),
    );
  };
  const sounds = pack.audio.map(({ id }) => measured(id));
  const dearest = (key: keyof ReturnType<typeof bitrates>) =>
    Math.max(0, ...sounds.map((sound) => sound[key]));
  const listed = variants(facts.master);
  const faults = listed.flatMap(({ attributes, uri }) => {
    const video = measured(renditionOf(uri));
    const peak = video.bandwidth + dearest('bandwidth');
    const average = video.averageBandwidth + dearest('averageBandwidth');
    const claimed = numberOf(attributes, 'BANDWIDTH');
    const usual = numberOf(attributes, 'AVERAGE-BANDWIDTH');
    return [
      ...(claimed >= peak ? [] : [`${uri} claims ${claimed} bit/s and peaks at ${peak}`]),
      ...(Math.abs(usual / average - 1) <= 0.02
        ? []
        : [`${uri} claims ${usual} bit/s on average for ${average}`]),
    ];
  });
  return listed.length === pack.video.length
    ? faults
    : [`the playlist lists ${listed.length} of ${pack.video.length} rungs`, ...faults];
}

/** A demuxer that sees other times than were written would show pictures out of step with the sound. */
const decodeFaults = (facts: Facts): string[] =>
  facts.decoded.flatMap(({ name, expected, found }) => [
    ...(found.frames === expected.frames ? [] : [`${name} decodes to ${found.frames} of ${expected.frames}`]),
    ...(found.start === expected.start ? [] : [`${name} starts at ${found.start}, not ${expected.start}`]),
    ...(found.log === '' ? [] : [`${name}: ${found.log.slice(0, 200)}`]),
  ]);
