/**
 * Seconds from one word of a chromaprint to the next, by its default algorithm: frames of 4096 samples at 11,025 Hz, each a third of
 * a frame after the one before, in whole samples.
 */
export const SECONDS_PER_WORD = 1365 / 11_025;
