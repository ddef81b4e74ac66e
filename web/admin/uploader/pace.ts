/** Bytes that had gone out at a time, ms. */
type Sample = { at: number; sent: number };
export type Pace = {
  /** Bytes a second over the last moments; null until there is enough to say. */
  speed: number | null;
  /** Seconds; null where nothing moves. */
  left: number | null;
};

const WINDOW_MS = 12_000;
const ENOUGH_MS = 1_500;

/** How fast, and how long still, over a sliding window: a whole-upload mean would hide a connection that got slow. */
export function paceMeter(bytes: number) {
  let samples: Sample[] = [];
  return (at: number, sent: number): Pace => {
    samples = [...samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, sent }];
    const first = samples[0]!;
    const elapsed = at - first.at;
    if (elapsed < ENOUGH_MS) return { speed: null, left: null };
    const speed = Math.max(0, ((sent - first.sent) / elapsed) * 1000); // a part sent again moves backwards
    return { speed, left: speed > 0 ? (bytes - sent) / speed : null };
  };
}
