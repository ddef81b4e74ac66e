import type { PlayStart } from '../../schema/api/playback.ts';
import type { Running } from './engine.ts';
import { opener, type Opener } from './start-cipher.ts';
import { roomForCode, roomForEngine, type Line } from './start-pace.ts';
import { decodeTime, ticksASecond } from './start-timeline.ts';

type Track = PlayStart['video'];
type Segment = Track['segments'][number];

/** What feeds a video before hls.js is there. */
export type Feed = {
  /** There is room on the line for the player's code; or it broke, and there is nothing else to do. */
  settled: Promise<void>;
  /** Ends at the end of a segment, where hls.js can go on without a gap. Null: it broke, and hls.js begins anew. */
  handOver: () => Promise<Running | null>;
  stop: () => void;
};

/** So much of a first picture, of some 10 to 50 kB in the smallest rung, is there when its sound is asked for. */
const PICTURE_BYTES = 16_000;

/** Where there is a ManagedMediaSource (iPhones), hls.js prefers it, and takes over no other. */
const Source = (): typeof MediaSource | undefined =>
  (globalThis as { ManagedMediaSource?: typeof MediaSource }).ManagedMediaSource ?? globalThis.MediaSource;

export const canFeed = ({ video, audio }: PlayStart): boolean =>
  [video, ...(audio ? [audio] : [])].every(({ type }) => Source()?.isTypeSupported(type));

/**
 * Feeds `video` from a start: fetches init and segments of picture and sound, opens them piece by piece as they arrive, and appends
 * the pieces, so that the first frame shows when its own bytes are there, not those of the whole segment.
 * @param duration seconds, of the episode
 */
export function feed(video: HTMLVideoElement, start: PlayStart, duration: number): Feed {
  const left = new AbortController();
  const { signal } = left;
  const source = new (Source()!)();
  if ('ManagedMediaSource' in globalThis) video.disableRemotePlayback = true; // or it would not open
  const opened = new Promise((resolve) => source.addEventListener('sourceopen', resolve, { once: true }));
  video.src = URL.createObjectURL(source);
  video.currentTime = start.position;

  const keys = new Map(start.keys?.map(({ period, key }) => [period, unhex(key)]));
  const fetched = async (uri: string): Promise<Response> => {
    const answer = await fetch(start.base + uri + start.query, { signal });
    if (!answer.ok) throw new Error(`${uri}: ${answer.status}`);
    return answer;
  };
  const openerOf = async ({ index, period }: Segment): Promise<Opener | null> => {
    if (!start.keys) return null;
    const key = keys.get(period);
    if (!key) throw new Error(`no key of period ${period}`);
    const iv = new Uint8Array(16);
    new DataView(iv.buffer).setUint32(12, index);
    return opener(key, iv);
  };

  const seen = { bits: 0, seconds: 0, latency: 0, played: 0 };
  const line = (): Line => ({
    bandwidth: seen.bits / Math.max(seen.seconds, 0.05), // fewer milliseconds say nothing
    latency: seen.latency,
    rate: seen.bits / Math.max(seen.played, 1),
  });
  const ahead = () => {
    const { buffered, currentTime } = video;
    for (let i = 0; i < buffered.length; i++)
      if (buffered.start(i) <= currentTime + 0.25) return Math.max(0, buffered.end(i) - currentTime);
    return 0;
  };

  // The sound's first bytes are few, the picture's are many: it is asked for so late that it does not share the line with them.
  let soundDue: () => void = () => undefined;
  const soundIsDue = new Promise<void>((resolve) => (soundDue = resolve));

  /** One segment, piece by piece. @returns the moment of its first byte */
  async function append(
    segment: Segment,
    buffer: SourceBuffer,
    answered: Promise<Response>,
    offset: (opened: Uint8Array) => Promise<number> | null,
  ): Promise<number> {
    const [answer, cipher] = await Promise.all([answered, openerOf(segment)]);
    const since = performance.now();
    let first = new Uint8Array(0); // until its decode time can be read
    let placed = false;
    const put = async (plain: Uint8Array<ArrayBuffer>) => {
      if (plain.length === 0) return;
      if (!placed) {
        first = concat(first, plain);
        const moved = offset(first);
        if (moved === null) return;
        buffer.timestampOffset = await moved;
        placed = true;
        plain = first;
      }
      await appended(buffer, plain, signal);
    };
    const reader = answer.body!.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      seen.bits += value.length * 8;
      if (seen.bits > 8 * PICTURE_BYTES) soundDue();
      await put(cipher ? await cipher.push(value) : value);
    }
    soundDue();
    if (cipher) await put(await cipher.end());
    if (!placed) throw new Error(`${segment.uri} is no media segment`);
    return since;
  }

  let handingOver = false;
  let roomy: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => (roomy = resolve));

  async function run(): Promise<Running> {
    const { video: picture, audio: sound } = start;
    const began = performance.now();
    const [firstPicture, pictureInit, soundInit] = [
      awaitedLater(fetched(picture.segments[0]!.uri)),
      awaitedLater(fetched(picture.init).then(bytes)),
      sound && awaitedLater(fetched(sound.init).then(bytes)),
    ];
    const firstSound = sound && awaitedLater(soundIsDue.then(() => fetched(sound.segments[0]!.uri)));
    await opened;
    URL.revokeObjectURL(video.src);
    source.duration = duration;
    const tracks = {
      video: buffered(source, picture),
      ...(sound ? { audio: buffered(source, sound) } : {}),
    };
    const ticks = ticksASecond(await pictureInit);
    if (ticks === null) throw new Error('an init segment without a time scale');
    await Promise.all([
      pictureInit.then((init) => appended(tracks.video.buffer, init, signal)),
      soundInit?.then((init) => appended(tracks.audio!.buffer, init, signal)),
    ]);

    let moved: (offset: number) => void = () => undefined;
    const offset = new Promise<number>((resolve) => (moved = resolve));
    const offsetOf = (segment: Segment) => (opened: Uint8Array) => {
      const at = decodeTime(opened);
      if (at === null) return null;
      moved(segment.start - at / ticks); // once: what comes later is on the same line
      return offset;
    };
    const asSaid = () => offset;
    for (const [i, segment] of picture.segments.entries()) {
      const heard = sound?.segments[i];
      const asked = performance.now();
      const pictures = i === 0 ? firstPicture : fetched(segment.uri);
      const sounds = heard && (i === 0 ? firstSound! : fetched(heard.uri));
      const [since] = await Promise.all([
        append(segment, tracks.video.buffer, pictures, i === 0 ? offsetOf(segment) : asSaid),
        heard && append(heard, tracks.audio!.buffer, sounds!, asSaid),
      ]);
      seen.seconds += (performance.now() - since) / 1000;
      seen.latency = (since - (i === 0 ? began : asked)) / 1000;
      seen.played += segment.duration;
      if (roomForCode(ahead(), line())) roomy();
      if (handingOver && roomForEngine(ahead(), line())) break;
    }
    roomy();
    return { mediaSource: source, tracks, bandwidth: line().bandwidth };
  }
  const running = run().catch((error: unknown) => {
    left.abort(); // the other track is not worth its bytes any more
    if (!(error instanceof DOMException && error.name === 'AbortError'))
      console.warn('no quick start:', error);
    roomy();
    return null;
  });
  return {
    settled,
    handOver: async () => {
      handingOver = true;
      const handed = await running;
      return video.error ? null : handed;
    },
    stop: () => left.abort(),
  };
}

/** What fails before it is awaited is told there, and not as a rejection that nobody handles. */
const awaitedLater = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};
const bytes = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const unhex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

function buffered(source: MediaSource, { type }: Track) {
  const [container = '', codec = ''] = type.replaceAll('"', '').split(';codecs=');
  return { buffer: source.addSourceBuffer(type), container, codec };
}

/** @throws where the bytes are not what the buffer was made for */
const appended = (buffer: SourceBuffer, what: BufferSource, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    buffer.addEventListener('error', () => reject(new Error('the browser cannot read a segment')), {
      once: true,
      signal,
    });
    buffer.addEventListener('updateend', () => resolve(), { once: true });
    buffer.appendBuffer(what);
  });

function concat(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
