import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as v from 'valibot';
import { Heartbeat } from '../../schema/api/playback.ts';
import { SIGNING_OUT } from '../signing-out.ts';
import { problemDocument } from '../testing/problem.ts';
import { filmIn } from './film.ts';
import { beginSitting } from './sitting.ts';

const fetched = vi.fn<typeof fetch>(() => Promise.resolve(new Response(null, { status: 204 })));
const beats = () =>
  fetched.mock.calls.map(([, init]) => v.parse(Heartbeat, JSON.parse(init?.body as string)));

function video() {
  const element = document.createElement('video');
  const state = { currentTime: 0, paused: true, readyState: 4, seeking: false };
  for (const name of ['currentTime', 'paused', 'readyState', 'seeking'] as const)
    Object.defineProperty(element, name, { get: () => state[name] });
  const fire = (event: string, change: Partial<typeof state> = {}) => {
    Object.assign(state, change);
    element.dispatchEvent(new Event(event));
  };
  const { film } = filmIn(element, () => null, new AbortController().signal);
  return { film, state, fire };
}
const session = { sessionId: 'ply_0000', heartbeatSeconds: 20 } as const;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', fetched);
  fetched.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('tells where the viewer is while it plays, once more on a pause, and is silent then', () => {
  const { film, state, fire } = video();
  const sitting = beginSitting(film, session, 0, () => undefined);
  fire('play', { paused: false });
  state.currentTime = 20;
  vi.advanceTimersByTime(20_000);
  fire('pause', { paused: true, currentTime: 31 });
  vi.advanceTimersByTime(3_600_000);
  fire('play', { paused: false });
  expect(beats().map(({ position, number }) => [number, position])).toEqual([
    [0, 0],
    [1, 20],
    [2, 31],
    [3, 31],
  ]);
  void sitting.leave();
  void sitting.leave();
  fire('pause');
  vi.advanceTimersByTime(60_000);
  expect(beats().slice(4)).toEqual([{ position: 31, number: 4, stopped: true }]);
});

it('does not take the start for the place where it will begin', () => {
  const { film, state, fire } = video();
  const sitting = beginSitting(film, session, 600, () => undefined);
  state.readyState = 1;
  fire('play', { paused: false });
  expect(beats()).toMatchObject([{ position: 600 }]);
  void sitting.leave();
});

it('says goodbye as the page goes, in a way that outlives it', () => {
  const { film, state } = video();
  const sitting = beginSitting(film, session, 0, () => undefined);
  state.currentTime = 99;
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  globalThis.dispatchEvent(new Event('pagehide'));
  document.dispatchEvent(new Event('visibilitychange')); // as it does after it
  expect(beats()).toEqual([{ position: 99, number: 0, stopped: true }]);
  expect(fetched.mock.calls[0]).toMatchObject([
    '/api/playback/ply_0000/heartbeat',
    { method: 'POST', keepalive: true },
  ]);
  globalThis.dispatchEvent(new Event('pageshow'));
  document.dispatchEvent(new Event('visibilitychange'));
  expect(beats().at(-1)).toEqual({ position: 99, number: 1, stopped: false });
  hidden.mockRestore();
  void sitting.leave();
});

it('hears that it may not go on; a request that went wrong says nothing of the kind', async () => {
  const { film, fire } = video();
  const refused = vi.fn<(problem: unknown) => void>();
  beginSitting(film, session, 0, refused);
  const ended = problemDocument('stream-ended', { because: 'taken-over' });
  for (const answer of [problemDocument('unavailable'), ended])
    fetched.mockResolvedValueOnce(Response.json(answer, { status: answer.status }));
  fire('play');
  await vi.advanceTimersByTimeAsync(0);
  expect(refused).not.toHaveBeenCalled();
  fire('pause');
  await vi.advanceTimersByTimeAsync(0);
  expect(refused).toHaveBeenCalledWith(expect.objectContaining({ because: 'taken-over' }));
});

it('says goodbye before whoever watches signs out, and nothing after it', () => {
  const { film, fire } = video();
  beginSitting(film, session, 0, () => undefined);
  fire('play', { paused: false, currentTime: 7 });
  globalThis.dispatchEvent(new Event(SIGNING_OUT));
  globalThis.dispatchEvent(new Event('pagehide'));
  vi.advanceTimersByTime(60_000);
  // Sittings of other tests have not ended.
  expect(beats().filter(({ position }) => position === 7)).toEqual([
    { position: 7, number: 0, stopped: false },
    { position: 7, number: 1, stopped: true },
  ]);
});

it('takes the place that a viewer has just jumped to for where they are', () => {
  const { film, state, fire } = video();
  const sitting = beginSitting(film, session, 0, () => undefined);
  fire('play', { paused: false, currentTime: 3 });
  Object.assign(state, { currentTime: 930, readyState: 1, seeking: true });
  void sitting.leave();
  expect(beats().at(-1)).toMatchObject({ position: 930, stopped: true });
});
