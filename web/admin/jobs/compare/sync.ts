/** What both players are told to keep one clock. */
export type Told =
  | { do: 'nothing' }
  /** Follow the other one gently: no picture is left out. */
  | { do: 'pace'; rate: number }
  /** Too far apart for that. */
  | { do: 'seek'; to: number };

/** Nearer than this nobody sees a difference: under a picture's time at 30 a second. */
export const TOGETHER_S = 0.03;
/** Further apart than this a jump is quicker than a chase. */
const APART_S = 0.3;
/** How much faster or slower the follower plays at most: sound stays bearable, and it is the muted one as a rule. */
const MOST = 0.08;

/**
 * Keeps a follower on the clock of its leader, both in seconds of the episode.
 * @param paused while they stand, only a jump brings them together
 */
export function follow(leader: number, follower: number, paused: boolean): Told {
  const behind = leader - follower;
  if (Math.abs(behind) <= TOGETHER_S) return paused ? { do: 'nothing' } : { do: 'pace', rate: 1 };
  if (paused || Math.abs(behind) > APART_S) return { do: 'seek', to: leader };
  const rate = 1 + Math.max(-MOST, Math.min(MOST, behind / 2));
  return { do: 'pace', rate };
}

/** The time of the picture `count` pictures on, in its middle, so that rounding shows no other one. */
export function stepped(time: number, count: number, [num, den]: readonly [number, number]): number {
  const frame = den / num;
  return Math.max(0, (Math.floor(time / frame + 1e-3) + count + 0.5) * frame);
}
