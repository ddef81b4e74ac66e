/** Samples a second that the peaks are found in: enough for what a picture of sound shows, and small on disk. */
export const WAVE_RATE = 4_000;
const USUAL = 10;
/** A long film has fewer peaks a second, not a larger file. */
const MOST_PEAKS = 65_536;

export const peaksPerSecond = (duration: number): number =>
  Math.max(1, Math.min(USUAL, Math.floor(MOST_PEAKS / duration)));

/** Finds peaks in sound that comes piece by piece: 16-bit little-endian, one channel, pieces of any length. */
export class Peaks {
  readonly #peaks: Uint8Array;
  readonly #window: number;
  #sample = 0;
  #half: number | null = null;

  constructor(duration: number) {
    const perSecond = peaksPerSecond(duration);
    this.#window = WAVE_RATE / perSecond;
    this.#peaks = new Uint8Array(Math.max(1, Math.ceil(duration * perSecond)));
  }

  add(piece: Uint8Array): void {
    for (const byte of piece) {
      if (this.#half === null) {
        this.#half = byte;
        continue;
      }
      const value = ((this.#half | (byte << 8)) << 16) >> 16;
      this.#half = null;
      const at = Math.min(this.#peaks.length - 1, Math.floor(this.#sample++ / this.#window));
      this.#peaks[at] = Math.max(this.#peaks[at]!, Math.round((Math.abs(value) * 255) / 32_768));
    }
  }

  /** One byte a peak, 0 to 255; null where all of it is silence. */
  result(): Uint8Array | null {
    return this.#peaks.some((peak) => peak > 0) ? this.#peaks : null;
  }
}
