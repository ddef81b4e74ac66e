/** A small decoded picture: three bytes a pixel, red, green, blue. */
export type Pixels = { width: number; height: number; rgb: Uint8Array };

/** What is measured on one picture of the film, to choose by. */
export type Look = {
  /** Seconds on the episode's timeline. */
  time: number;
  /** Mean and standard deviation of the luma, 0 to 1. */
  brightness: number;
  contrast: number;
  /** Of the luma's histogram, bits: how much there is to see, 0 to 8. */
  entropy: number;
  /** The strongest edges against the picture's own range of luma, 0 to 1: low in what is blurred, whatever its contrast. */
  sharpness: number;
  /** Colourfulness after Hasler and Süsstrunk (SPIE 5007, 2003), 0 to 1. */
  colour: number;
  /** Mean colours of a grid of cells: pictures whose signatures are near look alike. */
  signature: Uint8Array;
};

const CELLS = 12;

export function lookAt(time: number, pixels: Pixels): Look {
  const luma = lumaOf(pixels);
  const histogram = new Uint32Array(256);
  for (const value of luma) histogram[value]!++;
  const brightness = mean(luma);
  const variance = luma.reduce((sum, value) => sum + (value - brightness) ** 2, 0) / luma.length;
  const range = quantile(histogram, 0.99) - quantile(histogram, 0.01);
  return {
    time,
    brightness: brightness / 255,
    contrast: Math.sqrt(variance) / 255,
    entropy: entropyOf(histogram, luma.length),
    sharpness: Math.min(1, quantile(edges(luma, pixels), 0.99) / Math.max(range, 8)),
    colour: colourfulness(pixels),
    signature: signatureOf(pixels),
  };
}

/** How different two pictures look, 0 to 1: the mean difference of their signatures. */
export function distance(a: Pick<Look, 'signature'>, b: Pick<Look, 'signature'>): number {
  let sum = 0;
  for (let i = 0; i < a.signature.length; i++) sum += Math.abs(a.signature[i]! - b.signature[i]!);
  return sum / a.signature.length / 255;
}

/**
 * Whether three pictures, one after another at even steps, fade or dissolve: the middle one is then nearly the mean of the others,
 * though they differ. What moves or is cut is not.
 */
export function blends(first: Pixels, middle: Pixels, last: Pixels): boolean {
  const [a, b, c] = [first, middle, last].map(lumaOf) as [Uint8Array, Uint8Array, Uint8Array];
  let difference = 0;
  let deviation = 0;
  for (let i = 0; i < a.length; i++) {
    difference += Math.abs(a[i]! - c[i]!);
    deviation += Math.abs(b[i]! - (a[i]! + c[i]!) / 2);
  }
  return difference / a.length > BLEND_LEVELS && deviation < 0.3 * difference;
}
/** Of 255, over the half second that is looked at: slower changes of light are part of a picture. */
const BLEND_LEVELS = 4;

/** The picture at a whole fraction of its size, each pixel the mean of those it stands for. */
export function shrink({ width, height, rgb }: Pixels, by: number): Pixels {
  const small = { width: Math.floor(width / by), height: Math.floor(height / by) };
  const out = new Uint8Array(small.width * small.height * 3);
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++)
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = y * by; row < (y + 1) * by; row++)
          for (let column = x * by; column < (x + 1) * by; column++)
            sum += rgb[(row * width + column) * 3 + channel]!;
        out[(y * small.width + x) * 3 + channel] = Math.round(sum / by ** 2);
      }
  return { ...small, rgb: out };
}

/** BT.709. */
function lumaOf({ rgb }: Pixels): Uint8Array {
  const luma = new Uint8Array(rgb.length / 3);
  for (let i = 0; i < luma.length; i++)
    luma[i] = Math.round(0.2126 * rgb[i * 3]! + 0.7152 * rgb[i * 3 + 1]! + 0.0722 * rgb[i * 3 + 2]!);
  return luma;
}

/** Histogram of the Laplacian's magnitude, of 255. */
function edges(luma: Uint8Array, { width, height }: Pixels): Uint32Array {
  const histogram = new Uint32Array(256);
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const around = luma[at - 1]! + luma[at + 1]! + luma[at - width]! + luma[at + width]!;
      histogram[Math.round(Math.abs(luma[at]! - around / 4))]!++;
    }
  return histogram;
}

function colourfulness({ rgb }: Pixels): number {
  const count = rgb.length / 3;
  let [rg, yb, rg2, yb2] = [0, 0, 0, 0];
  for (let i = 0; i < rgb.length; i += 3) {
    const a = rgb[i]! - rgb[i + 1]!;
    const b = (rgb[i]! + rgb[i + 1]!) / 2 - rgb[i + 2]!;
    rg += a;
    yb += b;
    rg2 += a * a;
    yb2 += b * b;
  }
  const spread = Math.sqrt((rg2 + yb2) / count - (rg / count) ** 2 - (yb / count) ** 2);
  return Math.min(1, (spread + 0.3 * Math.hypot(rg / count, yb / count)) / 109); // 109: "extremely colourful"
}

function signatureOf({ width, height, rgb }: Pixels): Uint8Array {
  const sums = new Float64Array(CELLS * CELLS * 3);
  const counts = new Uint32Array(CELLS * CELLS);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const cell = Math.floor((y * CELLS) / height) * CELLS + Math.floor((x * CELLS) / width);
      const at = (y * width + x) * 3;
      counts[cell]!++;
      for (let channel = 0; channel < 3; channel++) sums[cell * 3 + channel]! += rgb[at + channel]!;
    }
  return Uint8Array.from(sums, (sum, i) => Math.round(sum / Math.max(1, counts[Math.floor(i / 3)]!)));
}

const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function entropyOf(histogram: Uint32Array, total: number): number {
  let bits = 0;
  for (const count of histogram) if (count > 0) bits -= (count / total) * Math.log2(count / total);
  return bits;
}

function quantile(histogram: Uint32Array, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (let value = 0; value < histogram.length; value++) {
    below += histogram[value]!;
    if (below > share * total) return value;
  }
  return 0;
}
