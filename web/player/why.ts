import type { Watched } from './engine.ts';

/** What decides which quality is shown. `grant`: nothing better is to be had on this plan and licence. */
export type Reason = 'hand' | 'grant' | 'size' | 'bandwidth-limit' | 'rising';

/** The share of the measured bandwidth that hls.js takes for granted when it goes up (`abrBandWidthUpFactor`). */
const TRUSTED = 0.7;

/**
 * Why it is this quality and not a better one.
 * @param byHand the viewer chose it
 */
export function whyThis({ qualities, shown, sizeCap, bandwidth }: Watched, byHand: boolean): Reason {
  if (byHand) return 'hand';
  const rungs = qualities.toSorted((a, b) => a.bitrate - b.bitrate);
  const now = rungs.findIndex(({ id }) => id === shown);
  const next = rungs[now + 1];
  if (!next) return 'grant';
  const cap = sizeCap === null ? -1 : rungs.findIndex(({ id }) => id === sizeCap);
  if (cap !== -1 && now >= cap) return 'size';
  return bandwidth === null || next.bitrate > bandwidth * TRUSTED ? 'bandwidth-limit' : 'rising';
}
