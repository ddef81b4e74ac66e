import JASSUB from 'jassub';

/** A worker that has not begun by then will not, ms: 1.2 MB on a slow line. */
const PATIENCE_MS = 30_000;

export type Drawn = { destroy: () => void };

/**
 * libass in a worker (ADR 0059), drawing over a video: at every frame that the browser presents, at any rate, size and quality. The only
 * place that knows jassub. Its worker, WebAssembly and fallback font are files of our own.
 * @param canvas of its own, over the video
 * @throws when the worker cannot begin
 */
export async function drawTypeset(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  script: string,
  fonts: Uint8Array[],
): Promise<Drawn> {
  const drawing = new JASSUB({ video, canvas, subContent: script, fonts, queryFonts: false });
  const destroy = () => void drawing.destroy().catch(() => undefined);
  try {
    await Promise.race([drawing.ready, failed(drawing)]);
    // Its worker catches what goes wrong as it begins, and then there is nothing to speak to.
    if (!drawing.renderer) throw new Error('libass did not begin');
    // A paused video presents no frame until somebody moves.
    if (video.readyState >= 2)
      await drawing.manualRender({
        mediaTime: video.currentTime,
        expectedDisplayTime: performance.now(),
        width: video.videoWidth,
        height: video.videoHeight,
      });
    return { destroy };
  } catch (error) {
    drawing._worker.terminate(); // `destroy` waits for it to answer
    destroy();
    throw error;
  }
}

const failed = ({ _worker: worker }: JASSUB): Promise<never> =>
  new Promise((_, reject) => {
    worker.addEventListener('error', () => reject(new Error('the worker did not load')), { once: true });
    setTimeout(() => reject(new Error('the worker did not answer')), PATIENCE_MS);
  });
