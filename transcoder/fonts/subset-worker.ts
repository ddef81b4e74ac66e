import { parentPort, workerData } from 'node:worker_threads';
import subsetFont from 'subset-font';
import type { SubsetOrder } from './subset.ts';

/** HarfBuzz, in a thread of its own: a font that makes it fail, or never end, takes nothing else with it. */
const { font, text } = workerData as SubsetOrder;
parentPort?.postMessage(await subsetFont(Buffer.from(font), text, { targetFormat: 'sfnt' }), []);
