import type { Rung } from '../../../schema/ladder.ts';
import { capped } from './ladder.ts';

/** One probe encode: bit/s on average and of the dearest slice; quality as SSIM in decibels, scaled to the source's size. */
export type Probe = { crf: number; rate: number; worst: number; quality: number };
/** A size of picture with two probes at least, lowest CRF first. */
export type Curve = { width: number; height: number; probes: readonly [Probe, Probe] };

/** Neighbours in a ladder are so far apart in rate, about: closer ones are not told apart, wider ones are a jump to look at. */
const APART = 2;
const LEAST_APART = 1.5;
/** Of its cap, what an encode uses on average that always wants more. */
const FILLED = 0.9;
/** The first rung aims at this, bit/s, and gives up so much CRF for it. */
const FIRST_RATE = 350_000;
const FIRST_CRF = 8;
/** CRFs beyond these are of no use; the straight line through two probes is not trusted further than this beside them. */
const CRF_RANGE = { least: 14, most: 40 };
const BEYOND = 5;
/** A rung's cap over its average rate, and over the dearest slice there was: what no slice showed has to fit as well. */
const OVER_AVERAGE = 3;
const OVER_WORST = 1.6;
const CAP_APART = 1.3;

/**
 * The rungs that are worth having, of `candidates` (cheapest first, the last at the source's size): lowest first, each dearer and
 * better than the one below. The first and the last are always there. Between them, at even steps of rate, stands the size that
 * looks best at that rate: the upper hull of all sizes' curves.
 */
export function chooseRungs(candidates: readonly Rung[], curves: readonly Curve[]): Rung[] {
  const lines = new Map(curves.map((curve) => [sizeOf(curve), line(curve)]));
  const lineOf = (rung: Rung) => lines.get(sizeOf(rung));
  const [first, top] = [candidates[0], candidates.at(-1)];
  const [low, high] = [first && lineOf(first), top && lineOf(top)];
  if (!first || !top || first === top || !low || !high) return [...candidates];

  // Where the cap holds the CRF back, it is the cap that decides.
  const topRate = Math.min(high.rateAt(top.crf), FILLED * top.maxrate);
  // The first rung is the one that has to get through.
  const firstRate = Math.min(low.rateAt(first.crf), topRate / LEAST_APART, FIRST_RATE);
  const firstCrf = tidy(Math.min(first.crf + FIRST_CRF, Math.max(first.crf, low.crfAt(firstRate))));
  const floor = {
    rate: Math.min(low.rateAt(firstCrf), FILLED * first.maxrate),
    quality: low.qualityAt(firstCrf),
  };
  const ratio = topRate / floor.rate;
  const count = Math.max(1, Math.round(Math.log(ratio) / Math.log(APART)));
  const chosen: Rung[] = [top];
  let free = candidates.slice(1, -1).toReversed(); // of one size, the dearest first
  let above = { rate: topRate, quality: high.qualityAt(Math.max(top.crf, high.crfAt(topRate))) };
  for (let step = count - 1; step > 0; step--) {
    const target = floor.rate * ratio ** (step / count);
    const best = free
      .flatMap((rung) => {
        const own = lineOf(rung);
        if (!own) return [];
        const crf = tidy(own.crfAt(target));
        return [{ rung: { ...rung, crf }, rate: own.rateAt(crf), quality: own.qualityAt(crf) }];
      })
      .filter(
        ({ rate, quality }) =>
          quality < above.quality &&
          quality > floor.quality &&
          rate * LEAST_APART <= above.rate &&
          rate >= floor.rate * LEAST_APART,
      )
      .reduce<Pick | null>((most, one) => (most && most.quality >= one.quality ? most : one), null);
    if (!best) continue;
    chosen.unshift(best.rung);
    free = free.filter(({ id }) => id !== best.rung.id);
    above = best;
  }
  chosen.unshift({ ...first, crf: firstCrf });
  return withCaps(chosen, candidates, (rung) => lineOf(rung)!);
}

type Pick = { rung: Rung; rate: number; quality: number };

/**
 * Caps leave room over what was measured, so that the buffer does not starve the worst scene, which is what viewers remember;
 * never above the candidate's (of the source's size: the top one's), and each below the next.
 */
function withCaps(rungs: readonly Rung[], candidates: readonly Rung[], lineOf: (rung: Rung) => Line): Rung[] {
  const made: Rung[] = [];
  let next = Infinity;
  for (const rung of rungs.toReversed()) {
    const table = Math.max(
      ...candidates.filter((other) => sizeOf(other) === sizeOf(rung)).map(({ maxrate }) => maxrate),
    );
    const own = lineOf(rung);
    const wanted = Math.max(
      OVER_AVERAGE * own.rateAt(rung.crf),
      OVER_WORST * own.worstAt(rung.crf),
      table / 4,
    );
    const maxrate = Math.min(table, wanted, next / CAP_APART);
    made.unshift({ ...rung, ...capped(maxrate) });
    next = maxrate;
  }
  return made;
}

type Line = {
  rateAt: (crf: number) => number;
  worstAt: (crf: number) => number;
  qualityAt: (crf: number) => number;
  crfAt: (rate: number) => number;
};

/** Through two probes: quality and the logarithm of the rate are nearly straight over the CRF. More CRF is always cheaper and worse. */
function line({ probes: [fine, coarse] }: Curve): Line {
  const span = Math.max(1, coarse.crf - fine.crf);
  const slope = (from: number, to: number) => Math.min(-1e-3, (to - from) / span);
  const rate = slope(Math.log(fine.rate), Math.log(Math.max(1, coarse.rate)));
  const worst = slope(Math.log(fine.worst), Math.log(Math.max(1, coarse.worst)));
  const quality = slope(fine.quality, coarse.quality);
  const least = Math.max(CRF_RANGE.least, fine.crf - BEYOND);
  const most = Math.min(CRF_RANGE.most, coarse.crf + BEYOND);
  return {
    rateAt: (crf) => fine.rate * Math.exp(rate * (crf - fine.crf)),
    worstAt: (crf) => fine.worst * Math.exp(worst * (crf - fine.crf)),
    qualityAt: (crf) => fine.quality + quality * (crf - fine.crf),
    crfAt: (wanted) => Math.min(most, Math.max(least, fine.crf + Math.log(wanted / fine.rate) / rate)),
  };
}

const sizeOf = ({ width, height }: { width: number; height: number }): string => `${width}x${height}`;
const tidy = (crf: number): number => Math.round(crf * 2) / 2;
