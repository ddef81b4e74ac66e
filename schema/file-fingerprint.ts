const MIB = 1024 * 1024;

/**
 * The bytes of a file that its fingerprint is of, as `[from, to)`: the first, the middle and the last MiB; all of a file that has no more.
 * The fingerprint is the SHA-256 of these, one after the other, in hex. Enough to know a file again on another machine without reading
 * 50 GB of it; what a part really holds is what its own checksum says.
 */
export function fingerprintRanges(bytes: number): [from: number, to: number][] {
  if (bytes <= 3 * MIB) return [[0, bytes]];
  const middle = Math.floor((bytes - MIB) / 2);
  return [
    [0, MIB],
    [middle, middle + MIB],
    [bytes - MIB, bytes],
  ];
}
