/** Browsers keep six connections to one origin over HTTP/1.1, which is what S3 speaks. */
const MOST = 6;
const FIRST = 3;
/** A further lane has to be worth this much, or it only shares what the line carries. */
const WORTH = 1.1;

/**
 * How many parts go out at a time, by what the line makes of it: one more while that brings more, one fewer when it did not, half after a
 * failure (as TCP does, RFC 5681 §3.1).
 */
export function laneCount() {
  let lanes = FIRST;
  let grown = false;
  /** Bytes a second, before the last lane was added. */
  let before = 0;
  /** As many parts as there are lanes; its clock begins with the arrival of a part that is not counted. */
  let round: { began: number; bytes: number; parts: number } | null = null;
  return {
    now: () => lanes,
    /** A part of so many bytes has arrived, at a time in ms. */
    arrived(at: number, bytes: number) {
      if (!round) {
        round = { began: at, bytes: 0, parts: 0 };
        return;
      }
      round = { began: round.began, bytes: round.bytes + bytes, parts: round.parts + 1 };
      if (round.parts < lanes || at <= round.began) return;
      const speed = round.bytes / (at - round.began);
      round = { began: at, bytes: 0, parts: 0 };
      const better = speed > before * WORTH;
      before = speed;
      if (better && lanes < MOST) lanes += 1;
      else if (grown && !better) lanes -= 1;
      grown = better;
    },
    failed() {
      lanes = Math.max(1, Math.floor(lanes / 2));
      grown = false;
      before = Infinity; // no more of them before a round has gone well
      round = null;
    },
  };
}
