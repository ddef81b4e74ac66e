import { join } from 'node:path';
import { createCanvas, type Canvas } from '@napi-rs/canvas';
import { rgbaToThumbHash } from 'thumbhash';
import { ashitaHare } from './art/ashita-hare.ts';
import { chochinYako } from './art/chochin-yako.ts';
import { hitokuchiHyakkei } from './art/hitokuchi-hyakkei.ts';
import { hoshiNoYubinkyoku } from './art/hoshi-no-yubinkyoku.ts';
import { kaiteiDepato } from './art/kaitei-depato.ts';
import { kazeNoDenrei } from './art/kaze-no-denrei.ts';
import { kuroganeNoNiwashi } from './art/kurogane-no-niwashi.ts';
import { kyukaiUraNoNatsu } from './art/kyukai-ura-no-natsu.ts';
import { neonToKitsune } from './art/neon-to-kitsune.ts';
import { onpuNoNukegara } from './art/onpu-no-nukegara.ts';
import type { Painter } from './art/painter.ts';
import { shiosaiTerminal } from './art/shiosai-terminal.ts';
import { toshokanNoTantei } from './art/toshokan-no-tantei.ts';
import { yukiokuri } from './art/yukiokuri.ts';
import { cached } from './cache.ts';
import { sheet } from './draw/shape.ts';

/** By slug. */
export const painters: Record<string, Painter> = {
  'ashita-hare': ashitaHare,
  'chochin-yako': chochinYako,
  'hitokuchi-hyakkei': hitokuchiHyakkei,
  'hoshi-no-yubinkyoku': hoshiNoYubinkyoku,
  'kaitei-depato': kaiteiDepato,
  'kaze-no-denrei': kazeNoDenrei,
  'kurogane-no-niwashi': kuroganeNoNiwashi,
  'kyukai-ura-no-natsu': kyukaiUraNoNatsu,
  'neon-to-kitsune': neonToKitsune,
  'onpu-no-nukegara': onpuNoNukegara,
  'shiosai-terminal': shiosaiTerminal,
  'toshokan-no-tantei': toshokanNoTantei,
  yukiokuri,
};

/** Pixels, and the bytes a picture should stay under. */
const formats = {
  poster: { width: 800, height: 1200, focus: 0.5, bytes: 64_000 },
  backdrop: { width: 1920, height: 1080, focus: 0.66, bytes: 90_000 },
} as const;
export type ArtRole = keyof typeof formats;
export type Picture = { webp: Uint8Array; width: number; height: number; thumbhash: string };

export function paint(slug: string, role: ArtRole): Canvas {
  const painter = painters[slug];
  if (!painter) throw new Error(`nobody has painted ${slug}`);
  const { width: w, height: h, focus } = formats[role];
  return sheet(w, h, (g) => painter(g, { w, h, wide: w > h, fx: w * focus }));
}

/** A title's picture, drawn once for each state of the drawing code (`version`). */
export async function artOf(slug: string, role: ArtRole, folder: string, version: string): Promise<Picture> {
  const { width, height, bytes } = formats[role];
  const stem = join(folder, `${slug}-${role}-${version}`);
  let canvas: Canvas | undefined;
  const drawn = () => (canvas ??= paint(slug, role));
  const webp = await cached(`${stem}.webp`, () => small(drawn(), bytes));
  const hash = await cached(`${stem}.thumbhash`, () => Promise.resolve(thumbhash(drawn())));
  return { webp, width, height, thumbhash: Buffer.from(hash).toString('base64') };
}

async function small(canvas: Canvas, limit: number): Promise<Uint8Array> {
  for (let quality = 80; ; quality -= 12) {
    const webp = await canvas.encode('webp', quality);
    if (webp.length <= limit || quality < 40) return webp;
  }
}

/** ThumbHash takes at most 100 × 100 pixels. */
function thumbhash(canvas: Canvas): Uint8Array {
  const scale = 96 / Math.max(canvas.width, canvas.height);
  const [w, h] = [Math.round(canvas.width * scale), Math.round(canvas.height * scale)];
  const g = createCanvas(w, h).getContext('2d');
  g.drawImage(canvas, 0, 0, w, h);
  return rgbaToThumbHash(w, h, g.getImageData(0, 0, w, h).data);
}
