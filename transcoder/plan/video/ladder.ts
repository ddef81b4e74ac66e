import type { FrameRate, Rung } from '../../../schema/ladder.ts';

/**
 * The steps, as boxes of a short and a long edge: a wide film fills the long edge, a portrait one stands upright in the box.
 * `maxrate` (bit/s, up to 30 frames/s) only caps what the CRF would ask for; the buffer holds two seconds of it, so that a hard
 * cut after a quiet stretch is not starved.
 */
const steps = [
  { short: 360, long: 640, maxrate: 800_000 },
  { short: 480, long: 854, maxrate: 1_400_000 },
  { short: 720, long: 1280, maxrate: 3_000_000 },
  { short: 1080, long: 1920, maxrate: 6_000_000 },
  { short: 1440, long: 2560, maxrate: 10_000_000 },
  { short: 2160, long: 3840, maxrate: 18_000_000 },
] as const;

/**
 * A cheaper rung at the source's own size: drawn lines and flat fills keep their sharpness at a low rate, where a smaller picture
 * has lost it for good (ADR 0027). `crf` is added to the top rung's, `cap` is a share of its cap.
 */
const cheaper = { suffix: 'low', crf: 6, cap: 0.45 } as const;
/** From this size on there is something to save; 480 lines are then no candidate, since the head is encoded in all of them. */
const CHEAPER_FROM = 720;

/** A source this close to a step counts as reaching it, at its own size: 1888×1062 is a 1080-line film with cropped edges. */
const NEARLY = 0.9;
const HIGH_FRAME_RATE = 30.5;

const even = (pixels: number, atMost: number): number => {
  const rounded = Math.max(2, Math.round(pixels / 2) * 2);
  return rounded <= atMost ? rounded : Math.max(2, Math.floor(atMost / 2) * 2);
};

/** `measured`: candidates to choose from; `usual`: what serves most titles well; `all`: every step. */
export type LadderKind = 'measured' | 'usual' | 'all';

/** Two seconds of the cap. */
export const capped = (maxrate: number): Pick<Rung, 'maxrate' | 'bufsize'> => ({
  maxrate: Math.round(maxrate),
  bufsize: Math.round(maxrate) * 2,
});

/**
 * The rungs for a source as it is displayed (square pixels, upright): cheapest first, never larger than the source, aspect kept,
 * even sizes. A source below the lowest step gets one rung of its own size. With a measured ladder they are candidates, of which
 * the survey keeps some (plan/video/hull.ts); the first and the last always stay.
 */
export function ladder(
  width: number,
  height: number,
  [num, den]: FrameRate,
  { crf, ladder: kind }: { crf: number; ladder: LadderKind },
): Rung[] {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  const faster = num / den > HIGH_FRAME_RATE ? 1.5 : 1;
  const rung = (scale: number, maxrate: number): Rung => {
    const size = { width: even(width * scale, width), height: even(height * scale, height) };
    const id = `v${String(size.height).padStart(2, '0')}`;
    return { id, codec: 'h264', ...size, crf, ...capped(maxrate * faster) };
  };
  const reached = steps.filter((step) => Math.min(step.short / short, step.long / long) <= 1 / NEARLY);
  const largest = reached.at(-1);
  if (!largest) return [rung(1, steps[0].maxrate)];
  const rungs = reached
    .filter((step) => kind === 'all' || largest.short < CHEAPER_FROM || step.short !== 480)
    .map((step) => rung(Math.min(1, step.short / short, step.long / long), step.maxrate))
    .filter(({ id }, i, all) => all.findIndex((other) => other.id === id) === i);
  if (kind !== 'measured' || largest.short < CHEAPER_FROM) return rungs;
  const top = rungs.at(-1)!;
  const own = {
    ...top,
    id: `${top.id}-${cheaper.suffix}`,
    crf: top.crf + cheaper.crf,
    ...capped(top.maxrate * cheaper.cap),
  };
  return [...rungs, own].sort((a, b) => a.maxrate - b.maxrate);
}
