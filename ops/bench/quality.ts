import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rung } from '../../schema/ladder.ts';
import { encoder } from '../../transcoder/plan/video/encoders.ts';
import type { Material } from './art.ts';
import { drawCurves, rateAt, type Curve } from './curves.ts';
import { against, bounded, shown, type Figure } from './figure.ts';
import { PEERTUBE_RUNGS, peertubeRung } from './peertube.ts';
import { timed } from './process.ts';
import { vmaf, type Score } from './vmaf.ts';

/** Production's preset, not the local launcher's. */
const PRESET = 'fast';
const HEIGHTS = [1080, 720] as const;
const CRFS = { h264: [22, 25, 28, 31], av1: [40, 48, 56, 63] } as const;
/** Bit/s: the ladder's own caps. */
const CAPS = { 1080: 6_000_000, 720: 3_000_000 } as const;
const REPORT = 'bench-report';

type Encoded = Score & { rate: number; cpu: number; crf: number };

/**
 * Bytes for the same picture quality (VMAF, mean) as PeerTube's profile gives at the same height; the worst pictures; banding, less
 * the source's own; CPU time. Curves are drawn into `bench-report/`.
 */
export async function quality(film: () => Promise<Material>): Promise<Figure[]> {
  const material = await film();
  const folder = await mkdtemp(join(tmpdir(), 'engawa-quality-'));
  await mkdir(REPORT, { recursive: true });
  try {
    const figures: Figure[] = [];
    for (const height of HEIGHTS) figures.push(...(await atHeight(height, material, folder)));
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function atHeight(height: 1080 | 720, material: Material, folder: string): Promise<Figure[]> {
  const peertube = await measured(material, join(folder, 'peertube.mp4'), 23, (out) =>
    peertubeRung(
      material.upload,
      PEERTUBE_RUNGS.find((rung) => rung.height === height)!,
      out,
    ),
  );
  const sweep = async (codec: 'h264' | 'av1') => {
    const found: Encoded[] = [];
    for (const crf of CRFS[codec])
      found.push(
        await measured(material, join(folder, `${codec}.mp4`), crf, (out) =>
          ours(material, { codec, height, crf }, out),
        ),
      );
    return found;
  };
  const h264 = await sweep('h264');
  const av1 = await sweep('av1');
  const curves: Curve[] = [
    { name: 'PeerTube’s profile', points: points([peertube]) },
    { name: 'H.264', points: points(h264) },
    { name: 'AV1, 10 bit', points: points(av1) },
    { name: 'H.264, worst 5 %', points: points(h264, 'worst') },
    { name: 'PeerTube’s, worst 5 %', points: points([peertube], 'worst') },
  ];
  await drawCurves(
    join(REPORT, `quality-${height}.svg`),
    `VMAF of ${material.name} at ${height} lines`,
    curves,
  );
  const baseline = {
    name: `PeerTube’s profile, VMAF ${peertube.mean.toFixed(1)}, bit/s`,
    value: peertube.rate,
  };
  const same = (codec: string, all: readonly Encoded[], atMost: number) =>
    against(
      {
        name: `${height}p ${codec}, bit/s at the same VMAF`,
        value: rateFor(all, peertube.mean),
        unit: 'bit/s',
      },
      baseline,
      atMost,
    );
  const top = h264[0]!;
  const source = await ownBanding(material);
  return [
    same('H.264', h264, 0.5),
    same('AV1', av1, 0.25),
    against(
      { name: `${height}p H.264, CPU, CRF ${top.crf}`, value: top.cpu, unit: 's' },
      { name: 'PeerTube’s profile', value: peertube.cpu },
      1.5,
    ),
    shown({ name: `${height}p PeerTube’s profile, VMAF of the worst 5 %`, value: peertube.worst, unit: '' }),
    ...(height === 1080
      ? [
          atLeast(
            {
              name: `${height}p H.264 as produced (CRF ${top.crf}), VMAF of the worst 5 %`,
              value: top.worst,
              unit: '',
            },
            85,
          ),
        ]
      : [
          shown({
            name: `${height}p H.264 as produced (CRF ${top.crf}), VMAF of the worst 5 %`,
            value: top.worst,
            unit: '',
          }),
        ]),
    bounded(
      {
        name: `${height}p H.264, banding (CAMBI) beyond the source’s, CRF ${top.crf}`,
        value: top.cambi - source,
        unit: '',
      },
      Math.max(0, peertube.cambi - source) + 0.1,
    ),
  ];
}

async function ours(
  material: Material,
  { codec, height, crf }: Pick<Rung, 'codec' | 'height' | 'crf'>,
  out: string,
): Promise<number> {
  const cap = CAPS[height as keyof typeof CAPS];
  const rung: Rung = {
    id: `v${height}`,
    codec,
    height,
    width: (height * 16) / 9,
    crf,
    maxrate: cap,
    bufsize: cap * 2,
  };
  const scale = `scale=${rung.width}:${rung.height}:flags=bicubic,format=${codec === 'av1' ? 'yuv420p10le' : 'yuv420p'}`;
  return timed(
    '-i',
    material.upload,
    '-map',
    '0:v',
    '-vf',
    scale,
    encoder(rung, [24, 1], { preset: PRESET }),
    '-an',
    out,
  );
}

async function measured(
  material: Material,
  out: string,
  crf: number,
  encode: (out: string) => Promise<number>,
): Promise<Encoded> {
  const cpu = await encode(out);
  const score = await vmaf(out, material.reference, [1920, 1080]);
  const rate = ((await stat(out)).size * 8) / material.seconds;
  await rm(out);
  return { ...score, rate, cpu, crf };
}

const points = (all: readonly Encoded[], which: 'mean' | 'worst' = 'mean') =>
  all.map((one) => ({ rate: one.rate, score: one[which] }));

/** Where even the cheapest encode is better, its rate: the figure is then worse than the truth. */
function rateFor(all: readonly Encoded[], score: number): number {
  const exact = rateAt({ name: '', points: points(all) }, score);
  if (exact !== null) return exact;
  const good = all.filter(({ mean }) => mean >= score).map(({ rate }) => rate);
  return Math.min(...good, ...(good.length > 0 ? [] : [Number.POSITIVE_INFINITY]));
}

let known: number | undefined;
const ownBanding = async ({ reference }: Material): Promise<number> =>
  (known ??= (await vmaf(reference, reference, [1920, 1080])).cambi);

const atLeast = (of: { name: string; value: number; unit: string }, least: number): Figure => ({
  ...of,
  baseline: null,
  ratio: null,
  goal: `≥ ${least}`,
  met: of.value >= least,
});
