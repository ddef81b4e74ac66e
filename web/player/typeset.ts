import type * as v from 'valibot';
import type { TypesetTrack } from '../../schema/api/playback.ts';
import type { Drawn } from './libass.ts';

type Original = v.InferOutput<typeof TypesetTrack>;
export type Typeset = {
  /** Draws a track as it was typeset; null: draws nothing. */
  show(track: Original | null): void;
};

/** Of ours: `libass.ts` is fetched when there is something to draw, and no sooner. */
const load = () => import('./libass.ts').then(({ drawTypeset }) => drawTypeset);

/**
 * Subtitles drawn exactly as typeset, over the picture and below the controls. `data-typeset` of the root says how it stands: while it is
 * `shown` the plain rendition of the same track is not seen. Where it fails, that one stays: its words are the same.
 */
export function typesetOver(
  root: HTMLElement,
  video: HTMLVideoElement,
  signal: AbortSignal,
  begin: () => Promise<typeof import('./libass.ts').drawTypeset> = load,
): Typeset {
  let wanted: Original | null = null;
  let drawn: Drawn | null = null;
  let canvas: HTMLCanvasElement | null = null;
  const clear = () => {
    drawn?.destroy();
    if (canvas) remove(canvas);
    drawn = canvas = null;
    delete root.dataset['typeset'];
  };
  const draw = async (track: Original) => {
    root.dataset['typeset'] = 'loading';
    const own = document.createElement('canvas');
    try {
      const [drawTypeset, script, ...fonts] = await Promise.all([
        begin(),
        file(track.url, signal).then((answer) => answer.text()),
        ...track.fonts.map(async ({ url }) => new Uint8Array(await (await file(url, signal)).arrayBuffer())),
      ]);
      if (wanted !== track || signal.aborted) return;
      own.className = 'typeset';
      own.slot = 'media'; // the library's lowest layer: over the video, below everything that takes a click
      video.after(own);
      canvas = own;
      const drawing = await drawTypeset(video, own, script, fonts);
      if (wanted !== track || signal.aborted) return drawing.destroy();
      drawn = drawing;
      root.dataset['typeset'] = 'shown';
    } catch {
      remove(own);
      if (wanted === track && !signal.aborted) root.dataset['typeset'] = 'failed';
    }
  };
  signal.addEventListener('abort', clear);
  return {
    show: (track) => {
      if (track?.url === wanted?.url) return;
      wanted = track;
      clear();
      if (track) void draw(track);
    },
  };
}

/** The library takes whatever leaves that layer for the video itself. */
const remove = (canvas: HTMLCanvasElement): void => {
  canvas.removeAttribute('slot');
  canvas.remove();
};

/** Its address says that it may be had: no cookie goes along, wherever it is. */
async function file(url: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(url, { signal, credentials: 'omit' });
  if (!answer.ok) throw new Error(`${answer.status} for a typeset original`);
  return answer;
}
