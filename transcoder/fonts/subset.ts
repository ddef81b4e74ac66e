import { Worker } from 'node:worker_threads';
import { FontBroken } from '../plan/subtitles/font-file.ts';

/** One face as a font file of its own, and the characters it is to keep. */
export type SubsetOrder = { font: Uint8Array; text: string };

const LIMIT_MS = 30_000;

/**
 * The font with the glyphs of `text` only, all its layout rules kept. The same bytes for the same order.
 * @throws FontBroken where HarfBuzz cannot do it, or not within half a minute; the signal's reason when aborted
 */
export async function subset(order: SubsetOrder, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('subset-worker.ts', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
      env: {},
      stderr: true,
      stdout: true,
    });
    const settle = (end: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      end();
      void worker.terminate();
    };
    const broken = (why: string) => settle(() => reject(new FontBroken(why)));
    const abort = () => settle(() => reject(signal.reason as Error));
    const timer = setTimeout(() => broken('cutting it to its characters does not end'), LIMIT_MS);
    signal.addEventListener('abort', abort);
    worker.on('message', (bytes: Uint8Array) => settle(() => resolve(bytes)));
    worker.on('error', (error) =>
      broken(`it cannot be cut to its characters (${error.message.slice(0, 200)})`),
    );
    worker.on('exit', (code) => broken(`it cannot be cut to its characters (ended with ${code})`));
  });
}
