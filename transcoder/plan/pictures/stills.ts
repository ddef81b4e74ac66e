import { distance, type Look } from './look.ts';

/** A still stands for the episode on its page, so a short film has fewer. */
export const stillCount = (duration: number): number => Math.max(1, Math.min(5, Math.round(duration / 45)));

/** Pictures nearer than this look like one another: the same shot a moment later. */
const ALIKE = 0.06;

/** Why a picture is no still, in a word; null: it may be one. */
export function unfit({
  brightness,
  contrast,
  entropy,
  sharpness,
}: Look): 'dark' | 'bright' | 'flat' | 'blurred' | null {
  if (brightness < 0.08) return 'dark';
  if (brightness > 0.95) return 'bright';
  if (contrast < 0.04 || entropy < 2.5) return 'flat';
  if (sharpness < 0.06) return 'blurred';
  return null;
}

/**
 * How good a still a picture makes, 0 to 1: much to see, clear, colourful, neither dark nor pale. The ends of an episode are logos,
 * credits and what the next one brings.
 */
export function worth(look: Look, duration: number): number {
  const place = look.time / duration;
  const content =
    0.35 * Math.min(1, look.entropy / 7.5) +
    0.2 * Math.min(1, look.contrast / 0.25) +
    0.15 * look.colour +
    0.15 * Math.min(1, look.sharpness / 0.3) +
    0.15 * (1 - Math.abs(look.brightness - 0.45) / 0.55);
  return place < 0.02 || place > 0.93 ? content * 0.7 : content;
}

/**
 * The next best still beside those that were chosen already: far from them in time and in looks, or null where there is none.
 * @param refused times of pictures that turned out to be no good when they were looked at closely
 */
export function nextStill(
  looks: readonly Look[],
  chosen: readonly Look[],
  { duration, refused }: { duration: number; refused: ReadonlySet<number> },
): Look | null {
  const apart = duration / (3 * stillCount(duration));
  let best: Look | null = null;
  let most = -Infinity;
  for (const look of looks) {
    if (refused.has(look.time) || unfit(look)) continue;
    const others = chosen.map((other) => ({
      far: Math.abs(other.time - look.time),
      unlike: distance(other, look),
    }));
    if (others.some(({ far, unlike }) => far < apart || unlike < ALIKE)) continue;
    const novelty = Math.min(0.3, ...others.map(({ unlike }) => unlike));
    const score = worth(look, duration) + (others.length > 0 ? novelty : 0);
    if (score > most) [best, most] = [look, score];
  }
  return best;
}
