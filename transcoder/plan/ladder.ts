import type { FrameRate, Rung } from '../../schema/ladder.ts';

/**
 * The steps, as boxes of a short and a long edge: a wide film fills the long edge, a portrait one stands upright in the box.
 * `maxrate` (bit/s, up to 30 frames/s) only caps what the CRF would ask for; the buffer holds two seconds of it, so that a hard
 * cut after a quiet stretch is not starved.
 */
const steps = [
  { short: 360, long: 640, crf: 22, maxrate: 800_000 },
  { short: 480, long: 854, crf: 22, maxrate: 1_400_000 },
  { short: 720, long: 1280, crf: 22, maxrate: 3_000_000 },
  { short: 1080, long: 1920, crf: 22, maxrate: 6_000_000 },
  { short: 1440, long: 2560, crf: 22, maxrate: 10_000_000 },
  { short: 2160, long: 3840, crf: 22, maxrate: 18_000_000 },
] as const;

/** A source this close to a step counts as reaching it, at its own size: 1888×1062 is a 1080-line film with cropped edges. */
const NEARLY = 0.9;
const HIGH_FRAME_RATE = 30.5;

const even = (pixels: number, atMost: number): number => {
  const rounded = Math.max(2, Math.round(pixels / 2) * 2);
  return rounded <= atMost ? rounded : Math.max(2, Math.floor(atMost / 2) * 2);
};

/**
 * The rungs for a source as it is displayed (square pixels, upright): lowest first, never larger than the source, aspect kept,
 * even sizes. A source below the lowest step gets one rung of its own size.
 */
export function ladder(width: number, height: number, [num, den]: FrameRate): Rung[] {
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  const faster = num / den > HIGH_FRAME_RATE ? 1.5 : 1;
  const rung = (scale: number, { crf, maxrate }: { crf: number; maxrate: number }): Rung => {
    const size = { width: even(width * scale, width), height: even(height * scale, height) };
    const id = `v${String(size.height).padStart(2, '0')}`;
    return { id, codec: 'h264', ...size, crf, maxrate: maxrate * faster, bufsize: maxrate * faster * 2 };
  };
  const rungs: Rung[] = [];
  for (const step of steps) {
    const fit = Math.min(step.short / short, step.long / long);
    if (fit > 1 / NEARLY) break;
    const next = rung(Math.min(1, fit), step);
    if (rungs.at(-1)?.id !== next.id) rungs.push(next);
  }
  return rungs.length > 0 ? rungs : [rung(1, steps[0])];
}
