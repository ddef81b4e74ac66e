import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameRate, Rung } from '../../schema/ladder.ts';
import { planGrid } from '../../transcoder/plan/grid.ts';
import { encoder, pixelFormat } from '../../transcoder/plan/video/encoders.ts';
import { groupFrames } from '../../transcoder/plan/video/groups.ts';
import { inParallel } from '../../transcoder/tasks/write.ts';
import type { Material } from './art.ts';
import { drawCurves, rateAt, valueAt, type Curve } from './curves.ts';
import { against, atLeast, bounded, shown, type Figure } from './figure.ts';
import { PEERTUBE_RUNGS, peertubeRung } from './peertube.ts';
import { timed } from './process.ts';
import { vmaf, type Score } from './vmaf.ts';

/** Production's preset, not the local launcher's. */
const PRESET = 'fast';
const RATE: FrameRate = [24, 1];
const HEIGHTS = [1080, 720] as const;
type Height = (typeof HEIGHTS)[number];
/**
 * The first of H.264's is what is produced unless an editor asks for another. Scaled up, 720 lines are near the most that VMAF can give
 * them at any CRF, PeerTube's as well: the curve has to go on to finer ones.
 */
const CRFS = {
  1080: { h264: [22, 27, 31], av1: [50, 56, 62] },
  720: { h264: [22, 25, 28], av1: [30, 40, 50] },
} as const;
/** Bit/s: the ladder's own caps. */
const CAPS = { 1080: 6_000_000, 720: 3_000_000 } as const;
const SIZE: [number, number] = [1920, 1080];
const REPORT = 'bench-report';
/** CPU time is what is measured, so that two at once do no harm. */
const LANES = 2;

type Encoded = Score & { rate: number; cpu: number };
type Encode = { name: string; banding: boolean; run: (out: string) => Promise<number> };

/**
 * Bytes, CPU time, worst pictures and banding at the picture quality (VMAF, mean) that PeerTube's profile gives at the same height, by
 * curves through three encodes; then what is produced, which is better than that. Curves are drawn into `bench-report/`.
 */
export async function quality(film: () => Promise<Material>): Promise<Figure[]> {
  const material = await film();
  const folder = await mkdtemp(join(tmpdir(), 'engawa-quality-'));
  await mkdir(REPORT, { recursive: true });
  try {
    const log = join(folder, 'source.json');
    const own = await vmaf(material.reference, material.reference, { size: SIZE, banding: true, log });
    const figures: Figure[] = [];
    for (const height of HEIGHTS)
      figures.push(...(await atHeight(height, { material, folder, source: own.cambi ?? 0 })));
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Setting = { material: Material; folder: string; source: number };

async function atHeight(height: Height, { material, folder, source }: Setting): Promise<Figure[]> {
  const theirs: Encode = {
    name: 'peertube',
    banding: true,
    run: (out) =>
      peertubeRung(
        material.upload,
        PEERTUBE_RUNGS.find((rung) => rung.height === height)!,
        out,
      ),
  };
  const sweep = (codec: Rung['codec']): Encode[] =>
    CRFS[height][codec].map((crf) => ({
      name: `${codec}-${crf}`,
      banding: codec === 'h264',
      run: (out) => ours(material, { codec, height, crf }, out),
    }));
  const encodes = [theirs, ...sweep('h264'), ...sweep('av1')];
  const found = new Map<string, Encoded>();
  await inParallel(encodes, LANES, async (encode) => {
    found.set(encode.name, await measured(material, folder, encode));
  });
  const of = (codec: Rung['codec']) => CRFS[height][codec].map((crf) => found.get(`${codec}-${crf}`)!);
  const [peertube, h264, av1] = [found.get('peertube')!, of('h264'), of('av1')];
  await drawCurves(join(REPORT, `quality-${height}.svg`), `VMAF of ${material.name} at ${height} lines`, [
    curve('PeerTube’s profile', [peertube]),
    curve('H.264', h264),
    curve('AV1, 10 bit', av1),
    curve('H.264, worst 5 %', h264, 'worst'),
    curve('AV1, worst 5 %', av1, 'worst'),
    curve('PeerTube’s, worst 5 %', [peertube], 'worst'),
  ]);
  const produced = { name: `as produced (CRF ${CRFS[height].h264[0]})`, ...h264[0]! };
  return [
    ...atEqualQuality(height, { peertube, h264, av1, source }),
    ...asProduced(`${height}p H.264 ${produced.name}`, produced, peertube),
    bounded(
      {
        name: `${height}p H.264 ${produced.name}, banding (CAMBI) beyond the source’s`,
        value: beyond(produced, source),
        unit: '',
      },
      beyond(peertube, source),
    ),
  ];
}

function atEqualQuality(
  height: Height,
  all: { peertube: Encoded; h264: readonly Encoded[]; av1: readonly Encoded[]; source: number },
): Figure[] {
  const { peertube, h264, av1, source } = all;
  const name = (what: string) => `${height}p ${what} at the same VMAF`;
  const baseline = (value: number) => ({
    name: `PeerTube’s profile, VMAF ${peertube.mean.toFixed(2)}`,
    value,
  });
  const rate = (codec: string, encodes: readonly Encoded[], atMost: number) => {
    const value = rateAt(curve('', encodes), peertube.mean) ?? Number.NaN; // not within the curve: no figure
    return against({ name: name(`${codec}, bit/s`), value, unit: 'bit/s' }, baseline(peertube.rate), atMost);
  };
  const at = (encodes: readonly Encoded[], value: (one: Encoded) => number) =>
    valueAt(
      encodes.map((one) => ({ score: one.mean, value: value(one) })),
      peertube.mean,
    ) ?? Number.NaN;
  const worst = (codec: string, encodes: readonly Encoded[]): Figure => {
    const figure = {
      name: name(`${codec}, VMAF of the worst 5 %`),
      value: at(encodes, (e) => e.worst),
      unit: '',
    };
    return height === 1080 ? atLeast(figure, 85) : shown(figure); // fewer lines are blurred by being scaled up
  };
  return [
    rate('H.264', h264, 0.5),
    rate('AV1', av1, 0.25),
    against(
      { name: name('H.264, CPU'), value: at(h264, (e) => e.cpu), unit: 's' },
      baseline(peertube.cpu),
      1.5,
    ),
    worst('H.264', h264),
    worst('AV1', av1),
    shown({ name: `${height}p PeerTube’s profile, VMAF of the worst 5 %`, value: peertube.worst, unit: '' }),
    bounded(
      {
        name: name('H.264, banding (CAMBI) beyond the source’s'),
        value: at(h264, (e) => beyond(e, source)),
        unit: '',
      },
      beyond(peertube, source),
    ),
  ];
}

function asProduced(name: string, produced: Encoded, peertube: Encoded): Figure[] {
  const than = (value: number) => ({ name: 'PeerTube’s profile', value });
  const whole = name.startsWith('1080');
  const demanding = (what: string, value: number, least: number): Figure => {
    const figure = { name: `${name}, ${what}`, value, unit: '' };
    return whole ? atLeast(figure, least) : shown(figure);
  };
  return [
    demanding('VMAF', produced.mean, 95),
    demanding('VMAF of the worst 5 %', produced.worst, 90),
    against({ name: `${name}, CPU`, value: produced.cpu, unit: 's' }, than(peertube.cpu), 1.5),
  ];
}

/** As a chunk in the body of an episode is encoded, in a rung above the lowest. */
function ours(
  material: Material,
  { codec, height, crf }: Pick<Rung, 'codec' | 'crf'> & { height: Height },
  out: string,
): Promise<number> {
  const size = { width: (height * 16) / 9, height };
  const rung: Rung = { id: 'own', codec, ...size, crf, maxrate: CAPS[height], bufsize: CAPS[height] * 2 };
  const episode = { frameRate: RATE, rungs: [{ ...rung, codec: 'h264' as const, id: 'lowest' }, rung] };
  const { grid, chunks } = planGrid(24 * 60 * 24, RATE);
  const group = groupFrames({ ...episode, grid }, chunks.at(-1)!, rung);
  const scale = `scale=${size.width}:${size.height}:flags=bicubic,format=${pixelFormat(rung)}`;
  const how = encoder(rung, RATE, { preset: PRESET, group });
  return timed('-i', material.upload, '-map', '0:v', '-vf', scale, how, '-an', out);
}

async function measured(
  { reference, seconds }: Material,
  folder: string,
  { name, banding, run }: Encode,
): Promise<Encoded> {
  const out = join(folder, `${name}.mp4`);
  const cpu = await run(out);
  const score = await vmaf(out, reference, { size: SIZE, banding, log: `${out}.json` });
  const rate = ((await stat(out)).size * 8) / seconds;
  await rm(out);
  return { ...score, rate, cpu };
}

const curve = (name: string, all: readonly Encoded[], which: 'mean' | 'worst' = 'mean'): Curve => ({
  name,
  points: all.map((one) => ({ rate: one.rate, score: one[which] })),
});

/** Banding that the encode has and its source has not. */
const beyond = ({ cambi }: Encoded, source: number): number => Math.max(0, (cambi ?? 0) - source);
