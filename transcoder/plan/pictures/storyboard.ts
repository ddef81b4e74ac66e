/** Sprites: one picture of many tiles each, so that scrubbing through an episode costs a few requests. */
const COLUMNS = 10;
export const TILES_PER_SPRITE = COLUMNS * 10;
/** A film of any length has a board of bounded size. */
const MOST_TILES = 720;

/** Seconds between tiles: about 5, less in short films, more in very long ones. */
export const tileInterval = (duration: number): number =>
  Math.max(Math.min(5, Math.max(1, duration / 100)), duration / MOST_TILES);

/**
 * Which pictures become tiles, by their place in `times` (ascending seconds): for each tick the last picture shown until then, each
 * once. Where pictures are rarer than ticks, all of them.
 */
export function chooseTiles(times: readonly number[], duration: number): number[] {
  const interval = tileInterval(duration);
  const chosen: number[] = [];
  let at = 0;
  for (let tick = 0; tick < duration; tick += interval) {
    while (at + 1 < times.length && times[at + 1]! <= tick + interval / 20) at++;
    if (times.length > 0 && chosen.at(-1) !== at) chosen.push(at);
  }
  return chosen;
}

/** Whether pictures are so rare somewhere that nobody could find a place by them. */
export function tooSparse(times: readonly number[], duration: number): boolean {
  const edges = [0, ...times, duration];
  const widest = edges.reduce((most, edge, i) => Math.max(most, edge - (edges[i - 1] ?? 0)), 0);
  return widest > Math.max(20, 4 * tileInterval(duration));
}

export type Tile = { sprite: number; x: number; y: number };
/** Where tile `index` stands, in tiles from the left and from the top. */
export const tileAt = (index: number): Tile => {
  const within = index % TILES_PER_SPRITE;
  return {
    sprite: Math.floor(index / TILES_PER_SPRITE),
    x: within % COLUMNS,
    y: Math.floor(within / COLUMNS),
  };
};

/** Columns and rows of each sprite: the last one is only as large as its tiles. */
export const spriteGrids = (tiles: number): { tiles: number; columns: number; rows: number }[] =>
  Array.from({ length: Math.ceil(tiles / TILES_PER_SPRITE) }, (_, sprite) => {
    const own = Math.min(TILES_PER_SPRITE, tiles - sprite * TILES_PER_SPRITE);
    return { tiles: own, columns: Math.min(COLUMNS, own), rows: Math.ceil(own / COLUMNS) };
  });

/**
 * The thumbnails track: each tile stands from its picture's time until the next one's, the first from zero, the last to the end.
 * Media fragments name the part of the sprite (W3C Media Fragments §4.2.2), as players' thumbnail tracks do.
 * @param times of the tiles, ascending
 */
export function storyboardVtt(
  times: readonly number[],
  {
    duration,
    width,
    height,
    sprite,
  }: { duration: number; width: number; height: number; sprite: (index: number) => string },
): string {
  const cues = times.map((time, index) => {
    const { sprite: number, x, y } = tileAt(index);
    const start = stamp(index === 0 ? 0 : time);
    const end = stamp(times[index + 1] ?? duration);
    return `${start} --> ${end}\n${sprite(number)}#xywh=${x * width},${y * height},${width},${height}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

function stamp(time: number): string {
  const ms = Math.round(time * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
