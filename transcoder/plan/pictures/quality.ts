/** Structural similarity that a still keeps to what was decoded. */
export const TARGET_SSIM = 0.97;
/** What is no further above the target is not worth another encode. */
const CLOSE = 0.0035;
const MOST_TRIES = 3;

export type Tried = { quality: number; ssim: number };

/**
 * Each encoder's scale as it was measured on drawn pictures: where to start at 320, 640 and 1280 pixels, its ends, and by how much
 * the logarithm of the error (1 − SSIM) grows with a step away from the best.
 */
export const scales = {
  'image/avif': { starts: [32, 38, 46], best: 8, worst: 58, slope: 0.08 },
  'image/webp': { starts: [70, 50, 30], best: 100, worst: 10, slope: 0.02 },
  'image/jpeg': { starts: [5, 7, 13], best: 2, worst: 24, slope: 0.11 },
} as const;
export type ImageType = keyof typeof scales;

/** SSIM is kinder to large pictures. */
export const startQuality = (type: ImageType, width: number): number =>
  scales[type].starts[width < 480 ? 0 : width < 960 ? 1 : 2];

/**
 * The quality to try next for the smallest picture that keeps to the target; null: the search is over. It lies between the smallest
 * that passed and the largest that failed: where the errors of both lead to, or the scale's slope as long as there is only one side.
 */
export function nextQuality(type: ImageType, tried: readonly Tried[], start: number): number | null {
  const { best, worst, slope } = scales[type];
  if (tried.length === 0) return start;
  // In steps from the best quality; errors as logarithms, which grow about evenly.
  const points = tried.map(({ quality, ssim }) => ({
    ssim,
    at: Math.abs(quality - best),
    error: Math.log(Math.max(1e-4, 1 - ssim)),
  }));
  const passed = points.filter(passes).toSorted((a, b) => b.at - a.at)[0];
  const failed = points.filter((point) => !passes(point)).toSorted((a, b) => a.at - b.at)[0];
  if (passed && passed.ssim - TARGET_SSIM <= CLOSE) return null;
  const low = (passed?.at ?? -1) + 1;
  const high = (failed?.at ?? Math.abs(worst - best) + 1) - 1;
  if (low > high || (passed && tried.length >= MOST_TRIES)) return null;
  const aim = () => {
    const wanted = Math.log(1 - TARGET_SSIM - CLOSE / 3);
    if (passed && failed)
      return passed.at + ((failed.at - passed.at) * (wanted - passed.error)) / (failed.error - passed.error);
    const only = passed ?? failed!;
    return only.at + (wanted - only.error) / slope;
  };
  // What the slope does not find is halved: a still that is not good enough is not served.
  const next = tried.length < MOST_TRIES ? Math.floor(aim()) : Math.floor(high / 2);
  return best + Math.sign(worst - best) * Math.max(low, Math.min(high, next));
}

/** The smallest that passed, else the best that there was. */
export function chosen(type: ImageType, tried: readonly Tried[]): Tried | undefined {
  const { best } = scales[type];
  const byDistance = tried.toSorted((a, b) => Math.abs(a.quality - best) - Math.abs(b.quality - best));
  return byDistance.findLast(passes) ?? byDistance[0];
}

const passes = ({ ssim }: Pick<Tried, 'ssim'>): boolean => ssim >= TARGET_SSIM;
