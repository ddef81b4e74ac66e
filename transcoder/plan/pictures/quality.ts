/** Structural similarity that a still keeps to what was decoded. */
export const TARGET_SSIM = 0.97;
/** Errors (1 − SSIM) are compared by their logarithms, which grow about evenly with a scale's positions. */
const error = (ssim: number): number => Math.log(Math.max(1e-4, 1 - ssim));
const TARGET = error(TARGET_SSIM);
/**
 * What is no further from the target, SSIM 0.9775, is not worth another encode: three tries in two pictures then, not four, and
 * some 4 % more bytes than the best quality would have (39 drawn pictures).
 */
const CLOSE = 0.29;
/** By how much the next try is meant to be better than the target. */
const MARGIN = 0.08;
const MOST_TRIES = 3;

export type Tried = { quality: number; ssim: number };

/**
 * Each encoder's scale as it was measured on drawn pictures of 320 to 1280 pixels: its ends; positions, along which errors grow
 * evenly, by how much a position; and where the target lies, by the error of the picture's JPEG at `PROBE_QUALITY`: its factor
 * comes second. A JPEG costs a tenth of an AVIF and says how hard a picture is: AVIF's place to within 2.5 positions, WebP's 1.7
 * (standard deviations).
 */
export const scales = {
  'image/avif': { best: 8, worst: 58, position: (crf: number) => crf, slope: 0.068, target: [-3.8, -12.8] },
  'image/webp': { best: 100, worst: 10, position: webpStep, slope: 0.075, target: [-26.2, -12.9] },
  'image/jpeg': { best: 2, worst: 24, position: Math.log, slope: 0.97, target: [-1.59, -1.07] },
} as const;
export type ImageType = keyof typeof scales;

/** The JPEG that is tried first of every picture. */
export const PROBE_QUALITY = 8;

/** libwebp's way from its quality to a quantizer's step, of 50. */
function webpStep(quality: number): number {
  const share = quality / 100;
  return 50 * (1 - Math.cbrt(share < 0.75 ? (share * 2) / 3 : 2 * share - 1));
}

/** The quality to begin with, by the likeness of the picture's JPEG at `PROBE_QUALITY`. */
export function startQuality(type: ImageType, probed: number): number {
  const { best, slope, target } = scales[type];
  return best + away(type) * stepAt(type, target[0] + target[1] * error(probed) - MARGIN / slope);
}

/**
 * The quality to try next for the smallest picture that keeps to the target; null: the search is over. It lies between the smallest
 * that passed and the largest that failed: where the errors of both lead to, or the scale's slope as long as there is only one side.
 */
export function nextQuality(type: ImageType, tried: readonly Tried[], start: number): number | null {
  const { best, worst, position, slope } = scales[type];
  if (tried.length === 0) return start;
  const points = tried.map(({ quality, ssim }) => ({
    ssim,
    step: Math.abs(quality - best),
    at: position(quality),
    error: error(ssim),
  }));
  const passed = points.filter(passes).toSorted((a, b) => b.step - a.step)[0];
  const [failed, other] = points.filter((point) => !passes(point)).toSorted((a, b) => a.step - b.step);
  if (passed && passed.error >= TARGET - CLOSE) return null;
  const low = (passed?.step ?? -1) + 1;
  const high = (failed?.step ?? Math.abs(worst - best) + 1) - 1;
  if (low > high || (passed && tried.length >= MOST_TRIES)) return null;
  const aim = () => {
    const wanted = TARGET - MARGIN;
    if (passed && failed)
      return passed.at + ((failed.at - passed.at) * (wanted - passed.error)) / (failed.error - passed.error);
    const only = passed ?? failed!;
    // A picture that stays short of the target needs longer steps than most.
    const own = failed && other ? (other.error - failed.error) / (other.at - failed.at) : slope;
    return only.at + (wanted - only.error) / Math.max(slope / 4, Math.min(slope, own));
  };
  // What the slope does not find is halved: a still that is not good enough is not served.
  const next = tried.length < MOST_TRIES ? stepAt(type, aim()) : Math.floor(high / 2);
  return best + away(type) * Math.max(low, Math.min(high, next));
}

const away = (type: ImageType): number => Math.sign(scales[type].worst - scales[type].best);

/** The last step from the best quality that does not lie beyond a position. */
function stepAt(type: ImageType, at: number): number {
  const { best, worst, position } = scales[type];
  let step = 0;
  while (step < Math.abs(worst - best) && position(best + away(type) * (step + 1)) <= at) step++;
  return step;
}

/** The smallest that passed, else the best that there was. */
export function chosen(type: ImageType, tried: readonly Tried[]): Tried | undefined {
  const { best } = scales[type];
  const byDistance = tried.toSorted((a, b) => Math.abs(a.quality - best) - Math.abs(b.quality - best));
  return byDistance.findLast(passes) ?? byDistance[0];
}

const passes = ({ ssim }: Pick<Tried, 'ssim'>): boolean => ssim >= TARGET_SSIM;
