/**
 * A ThumbHash (https://evanw.github.io/thumbhash/) as a data URI of a few hundred bytes, at the edge and in the browser alike.
 * It is written as a BMP: no compression and no checksum to compute, and the browser's smoothing does the blur.
 * Transparency is left out: these stand behind opaque pictures.
 */
export function thumbhashUri(
  base64: string,
  { width, height }: { width: number; height: number },
): string | null {
  const hash = bytes(base64);
  return hash && hash.length >= 5
    ? `data:image/bmp;base64,${btoa(bmp(pixels(hash, width, height), width, height))}`
    : null;
}

type Channel = { dc: number; nx: number; ny: number; ac: number[] };

/** RGB, row by row from the top. */
function pixels(hash: Uint8Array, width: number, height: number): number[] {
  const [l, p, q] = channels(hash);
  const out: number[] = [];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const u = (Math.PI * (x + 0.5)) / width;
      const v = (Math.PI * (y + 0.5)) / height;
      const luma = at(l, u, v);
      const yellowBlue = at(p, u, v);
      const redGreen = at(q, u, v);
      const b = luma - (2 / 3) * yellowBlue;
      const r = (3 * luma - b + redGreen) / 2;
      out.push(...[r, r - redGreen, b].map((c) => Math.round(255 * Math.min(1, Math.max(0, c)))));
    }
  return out;
}

/** The header and the three colour channels, as the reference decoder reads them. */
function channels(hash: Uint8Array): [Channel, Channel, Channel] {
  const byte = (i: number) => hash[i] ?? 0;
  const head = byte(0) | (byte(1) << 8) | (byte(2) << 16);
  const tail = byte(3) | (byte(4) << 8);
  const alpha = head >> 23 !== 0;
  const landscape = tail >> 15 !== 0;
  const longSide = alpha ? 5 : 7;
  const nx = Math.max(3, landscape ? longSide : tail & 7);
  const ny = Math.max(3, landscape ? tail & 7 : longSide);
  let nibble = (alpha ? 6 : 5) * 2;
  const read = (dc: number, nx: number, ny: number, scale: number): Channel => {
    const ac: number[] = [];
    for (let cy = 0; cy < ny; cy++)
      for (let cx = cy ? 0 : 1; cx * ny < nx * (ny - cy); cx++, nibble++)
        ac.push((((byte(nibble >> 1) >> ((nibble & 1) << 2)) & 15) / 7.5 - 1) * scale);
    return { dc, nx, ny, ac };
  };
  return [
    read((head & 63) / 63, nx, ny, ((head >> 18) & 31) / 31),
    read(((head >> 6) & 63) / 31.5 - 1, 3, 3, (((tail >> 3) & 63) / 63) * 1.25),
    read(((head >> 12) & 63) / 31.5 - 1, 3, 3, (((tail >> 9) & 63) / 63) * 1.25),
  ];
}

/** The inverse cosine transform at one point. */
function at({ dc, nx, ny, ac }: Channel, u: number, v: number): number {
  let sum = dc;
  let i = 0;
  for (let cy = 0; cy < ny; cy++)
    for (let cx = cy ? 0 : 1; cx * ny < nx * (ny - cy); cx++)
      sum += ac[i++]! * Math.cos(u * cx) * Math.cos(v * cy) * 2;
  return sum;
}

/** A 24-bit BMP: 54 bytes of header, then BGR rows from the bottom, each padded to four bytes. */
function bmp(rgb: readonly number[], width: number, height: number): string {
  const row = Math.ceil((width * 3) / 4) * 4;
  const file = new DataView(new ArrayBuffer(54 + row * height));
  file.setUint16(0, 0x424d);
  file.setUint32(2, file.byteLength, true);
  file.setUint32(10, 54, true);
  file.setUint32(14, 40, true);
  file.setInt32(18, width, true);
  file.setInt32(22, height, true);
  file.setUint16(26, 1, true);
  file.setUint16(28, 24, true);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let c = 0; c < 3; c++)
        file.setUint8(54 + (height - 1 - y) * row + x * 3 + 2 - c, rgb[(y * width + x) * 3 + c]!);
  return String.fromCharCode(...new Uint8Array(file.buffer));
}

function bytes(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null; // not Base64: the picture goes without a placeholder
  }
}
