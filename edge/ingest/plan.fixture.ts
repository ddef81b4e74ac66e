import type { Plan } from '../../schema/jobs/plan.ts';
import { defaultSettings } from '../../schema/jobs/settings.ts';
import type {
  EncodeResult,
  PackageResult,
  TaskMessage,
  TaskResult,
  TaskSpecOf,
  WrittenObject,
} from '../../schema/jobs/task.ts';
import type { Package } from '../../schema/package.ts';

const SEGMENTS = 2;
const FRAMES = 48;

/** A plan of so many chunks of two segments, two chunks to a key period; one rung, one audio, one subtitle track. */
export function planOf(chunks: number): Plan {
  const grid = Array.from({ length: chunks * SEGMENTS }, (_, i) => ({
    first: i * FRAMES,
    frames: FRAMES,
    period: Math.floor(i / (2 * SEGMENTS)),
  }));
  const track = { language: 'ja', name: 'Japanese', default: true, delay: 0 };
  return {
    source: {
      container: 'matroska',
      duration: grid.length * 2,
      startTime: 0,
      videoStream: 0,
      videoCodec: 'h264',
      width: 640,
      height: 360,
      fields: null,
      hdr: null,
      notes: ['The cover picture was left out.'],
    },
    frameRate: [24, 1],
    frames: grid.length * FRAMES,
    rungs: [
      { id: 'v360', codec: 'h264', width: 640, height: 360, crf: 23, maxrate: 800_000, bufsize: 1_600_000 },
    ],
    grid,
    chunks: Array.from({ length: chunks }, (_, index) => ({
      index,
      firstSegment: index * SEGMENTS,
      segments: SEGMENTS,
      period: Math.floor(index / 2),
    })),
    periods: Math.ceil(chunks / 2),
    audio: [{ id: 'a0-ja', stream: 1, role: 'main', channels: 2, ...track }],
    subtitles: [{ id: 's0-en', stream: 2, codec: 'ass', role: 'full', ...track, language: 'en' }],
    chapters: [{ start: 0, end: 2, title: 'Opening' }],
    settings: defaultSettings,
    exact: true,
    headAgain: false,
    dropped: [],
    warnings: [],
  };
}

type Amend = NonNullable<TaskSpecOf<'probe'>['amend']>;
/** The plan of what a change adds, on the grid of the asset. */
function additionsOf({ plan, change: { number, add } }: Amend): Plan {
  const named = <T extends { id: string }>(one: T, id: string): T => ({ ...one, id: `r${number}-${id}` });
  const [rung, sound, text] = [plan.rungs[0]!, plan.audio[0]!, plan.subtitles[0]!];
  const track = (language: string) => ({ language, default: false });
  return {
    ...plan,
    rungs: add?.kind === 'av1' ? [{ ...named(rung, 'v360-av1'), codec: 'av1' }] : [],
    audio: add?.kind === 'audio' ? [{ ...named(sound, `a0-${add.language}`), ...track(add.language) }] : [],
    subtitles:
      add?.kind === 'subtitles' ? [{ ...named(text, `s0-${add.language}`), ...track(add.language) }] : [],
    headAgain: false,
    dropped: [],
    warnings: [],
  };
}
/** What was there and is not removed, with what was made. */
function amendedBy(
  made: PackageResult,
  { base, change: { remove } }: NonNullable<TaskSpecOf<'package'>['amend']>,
): PackageResult {
  const added = made.package;
  const kept = <T extends { id: string }>(all: readonly T[]) => all.filter(({ id }) => !remove.includes(id));
  return {
    ...made,
    package: {
      ...base,
      revision: base.revision + 1,
      video: [...kept(base.video), ...added.video],
      audio: [...kept(base.audio), ...added.audio],
      subtitles: [...kept(base.subtitles), ...added.subtitles],
    },
  };
}

const sha256 = 'a'.repeat(64);
const segments = (rendition: string, periods: readonly number[], first = 0): WrittenObject[] =>
  periods.map((period, i) => ({
    key: `${rendition}/${first + i}.m4s`,
    bytes: 1_000,
    sha256,
    segment: { rendition, index: first + i, duration: 2, samples: FRAMES, period },
  }));
const ofGrid = ({ grid }: Plan) => grid.map(({ period }) => period);
/** Subtitles: one segment a key period. */
const eachPeriod = ({ periods }: Plan) => Array.from({ length: periods }, (_, period) => period);

/** A rung that a quick look takes for worth having, and the survey does not. */
const tooMuch = {
  id: 'v240',
  codec: 'h264',
  width: 426,
  height: 240,
  crf: 23,
  maxrate: 400_000,
  bufsize: 800_000,
} as const;
/** What a quick look at the same source gives: of the timeline it knows the head only, of the rungs more than are kept. */
export function lookOf(chunks: number): Plan {
  const plan = planOf(chunks);
  const [head] = plan.chunks;
  return {
    ...plan,
    rungs: [tooMuch, ...plan.rungs],
    grid: plan.grid.slice(0, SEGMENTS),
    chunks: [head!],
    frames: SEGMENTS * FRAMES,
    periods: 1,
    exact: false,
  };
}

/** How the transcoder works: whether the probe only looks, and whether the survey finds that the head of that look stands. */
export type Ways = { chunks?: number; look?: 'exact' | 'quick'; headStands?: boolean };

/** What a transcoder that does its work well reports. */
export function resultOf(
  { spec, assetId, output }: TaskMessage,
  { chunks = 3, look = 'exact', headStands = true }: Ways = {},
): TaskResult {
  if (spec.kind === 'probe' && spec.amend) return { kind: 'probe', plan: additionsOf(spec.amend) };
  if (spec.kind === 'probe')
    return { kind: 'probe', plan: look === 'quick' ? lookOf(chunks) : planOf(chunks) };
  if (spec.kind === 'markers') return { kind: 'markers', episodes: [] };
  const { plan } = spec;
  if (spec.kind === 'survey')
    return {
      kind: 'survey',
      plan: { ...planOf(chunks), dropped: headStands ? [tooMuch.id] : [] },
      headStands,
    };
  if (spec.kind === 'package') {
    const { rungs, audio, subtitles, grid, periods } = plan;
    const segments = (rungs.length + audio.length) * grid.length + subtitles.length * periods;
    // A barrier that let it pass too early would show here.
    if (spec.objects.length !== segments)
      throw new Error(`packaging was begun with ${spec.objects.length} of ${segments} segments`);
    const made = packageOf(plan, assetId, output, spec.keyId);
    return spec.amend ? amendedBy(made, spec.amend) : made;
  }
  return {
    kind: spec.kind,
    objects: objectsOf(spec),
    notes: spec.kind === 'audio' ? ['Raised by 2.1 LU.'] : [],
  } satisfies EncodeResult;
}

function objectsOf(spec: Extract<TaskMessage['spec'], { kind: EncodeResult['kind'] }>): WrittenObject[] {
  if (spec.kind === 'pictures') return [];
  if (spec.kind === 'audio') return segments(spec.rendition, ofGrid(spec.plan));
  if (spec.kind === 'subtitles') return segments(spec.rendition, eachPeriod(spec.plan));
  const { firstSegment, segments: count } = spec.plan.chunks[spec.chunk]!;
  const periods = ofGrid(spec.plan).slice(firstSegment, firstSegment + count);
  return spec.plan.rungs.flatMap(({ id }) => segments(id, periods, firstSegment));
}

function packageOf(plan: Plan, assetId: string, prefix: string, keyId: string | null): PackageResult {
  const rendition = (id: string, periods = ofGrid(plan)) => ({
    id,
    segments: periods.map((period, i) => ({ uri: `${id}/${i}.m4s`, duration: 2, bytes: 1_000, period })),
  });
  const media = (id: string) => ({
    init: { uri: `${id}/init.mp4`, bytes: 700 },
    bandwidth: 900_000,
    averageBandwidth: 800_000,
  });
  const pack: Package = {
    v: 1,
    assetId,
    prefix,
    duration: plan.frames / 24,
    keyId,
    periods: plan.periods,
    video: plan.rungs.map(({ id, width, height }) => ({
      ...rendition(id),
      ...media(id),
      codec: id.endsWith('av1') ? 'av01.0.01M.10' : 'avc1.640015',
      width,
      height,
      frameRate: plan.frameRate,
    })),
    audio: plan.audio.map(({ id, language, role, name, channels, default: first }) => ({
      ...rendition(id),
      ...media(id),
      codec: 'mp4a.40.2',
      language,
      role,
      name,
      channels,
      default: first,
      facts: null,
    })),
    subtitles: plan.subtitles.map(({ id, language, role, name, default: first }) => ({
      ...rendition(id, eachPeriod(plan)),
      language,
      role,
      name,
      default: first,
      typeset: null,
    })),
    chapters: plan.chapters,
    revision: 1,
    trick: [],
    pictures: null,
    analysis: { scenes: [], black: [], flashes: [], silence: [] },
  };
  const checks = [{ name: 'hashes', holds: true, detail: 'all objects are there' }];
  return {
    kind: 'package',
    package: pack,
    certificate: { v: 1, assetId, holds: true, checks, warnings: [] },
    objects: [{ key: 'package.json', bytes: 9_000, sha256 }],
  };
}
