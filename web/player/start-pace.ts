/** How much of the line the first pictures may share, pure rules. Seconds and bits throughout. */

/** The player with its controls and hls.js, gzipped. */
const CODE_BITS = 8 * 270_000;
/** What hls.js asks one after the other before it has a segment: two playlists, an init segment, a key, the segment. */
const QUESTIONS = 5;
/** The longest segment there is; hls.js appends whole ones. */
const SEGMENT_SECONDS = 6;

/** What was seen of the line so far. */
export type Line = {
  /** Bit/s. */
  bandwidth: number;
  /** Seconds from a question to the first byte of its answer. */
  latency: number;
  /** Bit/s of what plays, picture and sound. */
  rate: number;
};

/** Whether what is buffered ahead outlasts fetching the player's code twice over: it shares the line with what feeds the video. */
export const roomForCode = (ahead: number, { bandwidth }: Line): boolean =>
  ahead >= (2 * CODE_BITS) / bandwidth;

/** Whether hls.js can take over: what is buffered ahead outlasts its questions and a segment of this rung. */
export const roomForEngine = (ahead: number, { bandwidth, latency, rate }: Line): boolean =>
  ahead >= QUESTIONS * latency + (SEGMENT_SECONDS * rate) / bandwidth;
