import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { Again, pauseMs, waitOnline } from './backoff.ts';
import { laneCount } from './lanes.ts';
import { paceMeter } from './pace.ts';
import { putPart } from './put-part.ts';
import { rangeOf } from './send-file.ts';

afterEach(() => vi.unstubAllGlobals());

it('cuts a file without gap or overlap, whatever its size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10 ** 10 }),
      fc.integer({ min: 10 ** 8, max: 10 ** 9 }),
      (bytes, partBytes) => {
        let end = 0;
        for (let n = 1; n <= Math.ceil(bytes / partBytes); n++) {
          const [from, to] = rangeOf({ bytes, partBytes }, n);
          expect(from).toBe(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBe(bytes);
      },
    ),
  );
});

it('waits longer after each failure, half a minute at most, never none', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((n) => pauseMs(n, 0))).toEqual([1e3, 2e3, 4e3, 8e3, 16e3, 30e3, 30e3]);
  expect(pauseMs(1, 0.999)).toBeGreaterThanOrEqual(500);
});

it('speed and time left are those of the last moments', () => {
  const pace = paceMeter(1_000_000);
  expect(pace(0, 0)).toEqual({ speed: null, left: null });
  expect(pace(1_000, 50_000)).toEqual({ speed: null, left: null });
  expect(pace(2_000, 100_000)).toEqual({ speed: 50_000, left: 18 });
  for (let at = 3_000; at <= 30_000; at += 1_000) pace(at, 100_000 + (at - 2_000));
  const slow = pace(31_000, 129_000);
  expect(slow.speed).toBeCloseTo(1_000);
  expect(pace(32_000, 90_000)).toEqual({ speed: 0, left: null }); // a part has to go again
});

it('adds lanes while that brings more, and takes back the one that did not', () => {
  const lanes = laneCount();
  let at = 0;
  /** A round at so many bytes a second for each lane, up to what the line carries. */
  const round = (each: number, line: number) => {
    const count = lanes.now();
    const speed = Math.min(line, each * count);
    for (let i = 0; i < count; i++) lanes.arrived((at += 1e6 / speed), 1_000);
    return lanes.now();
  };
  lanes.arrived(at, 1_000);
  expect([round(100, 420), round(100, 420), round(100, 420), round(100, 420)]).toEqual([4, 5, 4, 4]);
  expect([round(100, 1e9), round(100, 1e9)]).toEqual([4, 4]); // a better line is not noticed by that alone …
  lanes.failed();
  expect(lanes.now()).toBe(2); // … but after a failure it begins to feel its way again
  lanes.arrived((at += 1), 1_000);
  expect([round(100, 1e9), round(100, 1e9)]).toEqual([2, 2]);
});

it('never has more lanes than browsers have connections, nor none', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 10_000 }))), (story) => {
      const lanes = laneCount();
      let at = 0;
      for (const ms of story) {
        if (ms === null) lanes.failed();
        else lanes.arrived((at += ms), 1_000);
        expect(lanes.now()).toBeGreaterThanOrEqual(1);
        expect(lanes.now()).toBeLessThanOrEqual(6);
      }
    }),
  );
});

it('waits for the network before another attempt', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  const back = vi.fn<() => void>();
  const waiting = waitOnline(1, new AbortController().signal).then(back);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(back).not.toHaveBeenCalled();
  dispatchEvent(new Event('online'));
  await waiting;
  const stop = new AbortController();
  const stopped = waitOnline(60_000, stop.signal);
  stop.abort(new Error('enough'));
  await expect(stopped).rejects.toThrow('enough');
  online.mockRestore();
});

/** The little of XMLHttpRequest that putPart uses. */
class FakeRequest {
  static last: FakeRequest;
  upload: { onprogress?: (event: { loaded: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  status = 200;
  responseText = '';
  etag: string | null = '"e"';
  opened: string[] = [];
  constructor() {
    FakeRequest.last = this;
  }
  sent: Record<string, string> = {};
  setRequestHeader(name: string, value: string) {
    this.sent[name] = value;
  }
  open(...how: string[]) {
    this.opened = how;
  }
  send() {}
  abort() {
    this.onabort?.();
  }
  getResponseHeader(name: string) {
    return name === 'etag' ? this.etag : null;
  }
}

it('a part: bytes as they go out, then the ETag', async () => {
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  const onBytes = vi.fn<(sent: number) => void>();
  const address = { url: 'https://s3/x', headers: { 'x-amz-checksum-sha256': 'sum' } };
  const put = putPart(address, new ArrayBuffer(3), new AbortController().signal, onBytes);
  FakeRequest.last.upload.onprogress?.({ loaded: 2 });
  FakeRequest.last.onload?.();
  expect(await put).toBe('"e"');
  expect(FakeRequest.last.opened).toEqual(['PUT', 'https://s3/x']);
  expect(FakeRequest.last.sent).toEqual(address.headers);
  expect(onBytes).toHaveBeenCalledWith(2);
});

it('a part: what another attempt can mend, and an abort', async () => {
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  const start = (signal = new AbortController().signal) =>
    putPart({ url: 'u', headers: {} }, new ArrayBuffer(0), signal, () => {});
  const expired = start();
  Object.assign(FakeRequest.last, { status: 403, responseText: '<Error><Code>AccessDenied</Code></Error>' });
  FakeRequest.last.onload?.();
  await expect(expired).rejects.toThrow(new Again('403 AccessDenied'));

  const cut = start();
  FakeRequest.last.onerror?.();
  await expect(cut).rejects.toBeInstanceOf(Again);

  vi.useFakeTimers();
  const asleep = start();
  vi.advanceTimersByTime(59_000);
  FakeRequest.last.upload.onprogress?.({ loaded: 1 });
  vi.advanceTimersByTime(59_000);
  vi.advanceTimersByTime(2_000);
  await expect(asleep).rejects.toThrow(new Again('nothing moves'));
  vi.useRealTimers();

  const hidden = start();
  FakeRequest.last.etag = null;
  FakeRequest.last.onload?.();
  await expect(hidden).rejects.toThrow('ETag');

  const stop = new AbortController();
  const stopped = start(stop.signal);
  stop.abort(new Error('paused'));
  await expect(stopped).rejects.toThrow('paused');
});
