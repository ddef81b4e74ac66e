import type { Plan, PlannedAudio } from '../../../schema/jobs/plan.ts';
import type { Treatment } from './loudness.ts';
import { options } from '../options.ts';
import { sourceInput, type Input, type Output } from '../source/input.ts';
import { audioSamples, SAMPLE_RATE, segmentTimes } from '../timeline.ts';
import { fragmented, MOVFLAGS, type Command } from '../video/args.ts';

/** Bit/s: 64 kbit/s a full channel, which FFmpeg's AAC needs to be clean. */
const bitrateOf = (channels: number): number => (channels > 2 ? 384_000 : 128_000);
const layoutOf = (channels: number): string => (channels > 2 ? '5.1' : 'stereo');

/** Names of files in the scratch folder. */
export const audioFile = (index: number): string => `a${index}.mp4`;
const HEARD = 'heard.flac';
export const FINGERPRINT = 'fingerprint.bin';
export const CODED = 'coded.mp4';
export const PLAIN = 'plain.nut';

/**
 * FLAC holds no more than full scale; a downmix (1 + 0.7 + 0.7) and lossy sources go beyond. The scratch file is this much
 * quieter, at 24 bits.
 */
const HEADROOM_DB = 12;

/** Bytes of a sample in the scratch files: as it was heard, which FLAC makes no larger, and for tracks that change their form as floats. */
const HEARD_BYTES = 3;
const PLAIN_BYTES = 4;

/** Bytes that a track's scratch files may take at the most: they grow with the film. The coded sound is far less. */
export const audioBytes = (plan: Pick<Plan, 'frames' | 'frameRate'>, { channels }: PlannedAudio): number =>
  audioSamples(plan) * (channels > 2 ? 6 : 2) * (HEARD_BYTES + PLAIN_BYTES);

/**
 * Reads the source's track once, puts it on the video's timeline in the channels and rate of the rendition, measures it, and
 * keeps it in a scratch file: the source may be far away and large, and is not read again. Gaps are filled with silence; the end
 * is padded or trimmed to the video's.
 *
 * The downmix is ITU-R BS.775's: centre and surrounds at −3 dB; the low-frequency effects are left out, as players do. It need
 * not be scaled against clipping, since the gain to the target comes afterwards.
 */
export function hearCommand(
  plan: Plan,
  track: PlannedAudio & { stream: number },
  { input, fingerprint }: { input: Input; fingerprint: boolean },
): Command {
  const layout = layoutOf(track.channels);
  const chain = [
    ...delayed(track),
    // Pads up to time zero, or cuts what lies before it.
    `${RESAMPLE}:first_pts=0`,
    `aformat=sample_fmts=fltp:channel_layouts=${layout}`,
    'apad',
    `atrim=end_sample=${audioSamples(plan)}`,
    'silencedetect=noise=-50dB:duration=0.3',
    'ebur128=peak=true:framelog=verbose',
    `aformat=sample_fmts=fltp:channel_layouts=${layout}`,
    ...(fingerprint ? ['asplit=2[f]'] : []),
  ];
  const graph = `[0:${track.stream}]${chain.join(',')}${fingerprint ? '[k];[k]' : ','}volume=-${HEADROOM_DB}dB[a]`;
  const outputs: Output[] = [
    {
      target: HEARD,
      args: options({
        filter_complex_threads: 1,
        filter_complex: graph,
        map: '[a]',
        map_metadata: -1,
        map_chapters: -1,
        'c:a': 'flac',
        sample_fmt: 's32',
        // Half of what PCM takes on the disk; higher levels cost time and save little.
        compression_level: 0,
        f: 'flac',
      }),
    },
  ];
  if (fingerprint)
    outputs.push({
      target: FINGERPRINT,
      args: options({ map: '[f]', 'c:a': 'pcm_s16le', f: 'chromaprint', fp_format: 'raw' }),
    });
  return { inputs: [input], outputs };
}

/** The track as it is in the source. */
export const sourceTrack = (plan: Plan, url: string): Input => sourceInput(url, plan.source.startTime, null);

const RESAMPLE = `aresample=${SAMPLE_RATE}:async=1:clev=0.7071:slev=0.7071:lfe_mix_level=0`;
/** A constant move of all timestamps. */
const delayed = ({ delay }: PlannedAudio): string[] =>
  delay === 0 ? [] : [`asetpts=PTS+${delay.toFixed(6)}/TB`];

/**
 * FFmpeg begins its filters anew where a track changes its channels or its rate, as broadcasts do between stereo and 5.1: they would
 * pad from time zero once more, and measure what is left only. This brings such a track to one form, with its own timestamps, in a
 * scratch file (NUT keeps them to the sample) that takes the source's place.
 */
export const plainCommand = (plan: Plan, track: PlannedAudio & { stream: number }, url: string): Command => ({
  inputs: [sourceTrack(plan, url)],
  outputs: [
    {
      target: PLAIN,
      args: options({
        filter_complex_threads: 1,
        filter_complex: `[0:${track.stream}]${[
          ...delayed(track),
          RESAMPLE,
          `aformat=sample_fmts=flt:channel_layouts=${layoutOf(track.channels)}`,
          'atrim=start=0',
        ].join(',')}[a]`,
        map: '[a]',
        'c:a': 'pcm_f32le',
        avoid_negative_ts: 'disabled',
        f: 'nut',
      }),
    },
  ],
});

/** What `plainCommand` made of the track: its only stream, in time. */
export function plainTrack<T extends PlannedAudio>(
  track: T,
): { input: Input; track: T & { stream: number } } {
  const { url, args } = scratchInput(PLAIN, 'nut');
  return {
    input: { url, args: [...args, ...options({ copyts: true })] },
    track: { ...track, stream: 0, delay: 0 },
  };
}

/** A line of FFmpeg's log that means that the filters of a track began anew in the middle of it. */
export const beganAnew = (line: string): boolean => /non.monoton/i.test(line);

/**
 * One whole pass over a track, cut on the grid: an encoder started anew for each chunk would add its priming (21 ms) each time.
 * Without a stream: silence.
 */
export function encodeCommand(plan: Plan, track: PlannedAudio, { gain, limit }: Treatment): Command {
  const times = segmentTimes(plan).map((time) => time.toFixed(6));
  const silence = `anullsrc=sample_rate=${SAMPLE_RATE}:channel_layout=${layoutOf(track.channels)},atrim=end_sample=${audioSamples(plan)}[a]`;
  const chain = [
    `volume=${(gain + HEADROOM_DB).toFixed(1)}dB:precision=float`,
    ...(limit === null ? [] : limiter(limit)),
    `aformat=sample_fmts=fltp:channel_layouts=${layoutOf(track.channels)}`,
  ];
  return {
    inputs: track.stream === null ? [] : [scratchInput(HEARD, 'flac')],
    outputs: [
      {
        target: 'a%d.mp4',
        args: options({
          filter_complex_threads: 1,
          filter_complex: track.stream === null ? silence : `[0:0]${chain.join(',')}[a]`,
          map: '[a]',
          map_metadata: -1,
          map_chapters: -1,
          'c:a': 'aac',
          'b:a': bitrateOf(track.channels),
          'flags:a': '+bitexact',
          ...fragmented,
          f: 'segment',
          segment_format: 'mp4',
          segment_format_options: `movflags=${MOVFLAGS}`,
          // Without a cut there is one segment, and the muxer's own rule would cut it every 2 s.
          ...(times.length > 0 ? { segment_times: times.join(',') } : { segment_time: 1_000_000 }),
        }),
      },
    ],
  };
}

/**
 * `alimiter` looks at samples only, so it is shown four times as many: true peaks lie between samples (BS.1770 annex 2). At 48 kHz
 * it lets peaks through by 1.3 dB, so by 0.2. One gain for all channels keeps the stereo image. `latency` takes its look-ahead
 * out of the timestamps again.
 */
const limiter = (ceiling: number): string[] => [
  `aresample=${SAMPLE_RATE * 4}`,
  `alimiter=limit=${(10 ** (ceiling / 20)).toFixed(5)}:attack=5:release=50:level=disabled:latency=1`,
  `aresample=${SAMPLE_RATE}`,
];

/** Measures what the coded sound decodes to. */
export const codedCommand = (): Command => ({
  inputs: [scratchInput(CODED, 'mov')],
  outputs: [{ target: '-', args: options({ 'filter:a': 'ebur128=peak=true:framelog=verbose', f: 'null' }) }],
});

const scratchInput = (name: string, format: string): Input => ({
  url: name,
  args: options({ protocol_whitelist: 'file', format_whitelist: format, threads: 1 }),
});
