import { ink, placed, type Pen } from '../draw/shape.ts';

/** Hiragana as brush strokes in a square of 100: no font is needed, and the hand shows. */
const strokes: Record<string, readonly string[]> = {
  あ: ['20,24 48,25 80,19', '45,5 41,46 50,86', '66,36 50,68 28,82 15,70 32,48 64,42 87,56 82,78 58,92'],
  し: ['32,8 29,48 34,78 56,86 84,62'],
  た: ['12,29 34,29 58,24', '37,6 29,44 13,90', '56,48 72,45 90,47', '55,66 58,82 92,82'],
  は: ['19,12 12,50 19,90', '40,35 66,35 92,31', '68,8 70,56 64,80 46,84 41,72 54,63 76,68 93,84'],
  れ: ['27,8 27,60 26,94', '8,34 42,28 26,54 8,80', '26,56 46,35 64,30 68,46 65,76 74,87 94,72'],
  つ: ['8,36 46,22 82,30 86,56 50,84'],
  づ: ['6,40 42,27 76,36 78,60 46,86', '78,10 85,24', '91,4 98,18'],
  く: ['68,8 30,48 72,92'],
  お: ['12,32 38,31 60,26', '36,8 37,74 25,86 14,76 28,56 60,47 84,60 78,80 54,89', '70,14 80,20 90,32'],
  ま: ['16,25 48,26 82,21', '20,47 48,48 78,44', '50,6 52,70 38,87 21,78 34,65 60,71 82,88'],
  い: ['18,20 20,58 34,80 42,70', '70,26 80,44 84,66'],
  '、': ['12,70 24,78 32,92'],
};

/** Writes `text` from (x, y); `written` from 0 to 1 lets it appear stroke by stroke. */
export function write(
  g: Pen,
  text: string,
  {
    x,
    y,
    size,
    colour,
    edge,
    written = 1,
    down = false,
  }: { x: number; y: number; size: number; colour: string; edge?: string; written?: number; down?: boolean },
): void {
  const all = Array.from(text).flatMap((sign, i) => (strokes[sign] ?? []).map((stroke) => ({ stroke, i })));
  const shown = Math.ceil(all.length * written);
  for (const [width, ink1] of edge
    ? ([
        [27, edge],
        [14, colour],
      ] as const)
    : ([[14, colour]] as const))
    for (const { stroke, i } of all.slice(0, shown))
      placed(
        g,
        { x: x + (down ? 0 : i * size * 1.04), y: y + (down ? i * size * 1.04 : 0), sx: size / 100 },
        (g) =>
          ink(
            g,
            stroke,
            width,
            ink1,
            (t) => (width - 14 + 14 * (0.55 + 0.45 * Math.sin(Math.PI * (0.15 + t * 0.8)))) / width,
          ),
      );
}
