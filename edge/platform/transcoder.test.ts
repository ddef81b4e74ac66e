import { env } from 'cloudflare:workers';
import { afterEach, expect, it, vi } from 'vitest';
import { LEASE_MS } from '../../schema/jobs/state.ts';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { platform } from './platform.ts';
import { sleepUnlessWorking } from './transcoder-container.ts';
import { containerTranscoders, transcoder, transcodersAt, type Containers } from './transcoder.ts';

const message = (taskId: string, attempt = 1): TaskMessage => ({
  v: 1,
  taskId,
  jobId: 'job_1',
  assetId: 'ast_1',
  kind: 'probe',
  attempt,
  token: 'token',
  callback: 'https://engawa.test/api/transcoder/tasks/1',
  source: { key: 'sources/1/source', bytes: 1 },
  output: 'hls/a/season-1/ep-1/v1/',
  spec: { kind: 'probe' },
});

/** Containers that answer as told, by name; who was asked, in order. */
function containers(answers: (name: string) => number): Containers & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    getByName: (name) => ({
      fetch: async (input, init) => {
        const request = new Request(input, init);
        expect(request.headers.get('authorization')).toBe('Bearer secret');
        expect(await request.json()).toMatchObject({ v: 1, kind: 'probe' });
        asked.push(name);
        return new Response(null, { status: answers(name) });
      },
    }),
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it.each([
  [202, 'accepted'],
  [409, 'accepted'],
  [503, 'busy'],
  [500, 'unreachable'],
  [401, 'unreachable'],
] as const)('reads %i as %s', async (status, said) => {
  const fetcher = () => Promise.resolve(new Response('', { status }));
  expect(await transcoder('http://t', 'secret', fetcher).post(message('tsk_1'))).toBe(said);
});

it('reads no answer as unreachable', async () => {
  const fetcher = () => Promise.reject(new TypeError('refused'));
  expect(await transcoder('http://t', 'secret', fetcher).post(message('tsk_1'))).toBe('unreachable');
});

it('spreads tasks over all containers', async () => {
  const all = containers(() => 202);
  const pool = containerTranscoders(all, 4, 'secret');
  for (let i = 0; i < 200; i++) expect(await pool.post(message(`tsk_${i}`))).toBe('accepted');
  const counts = [0, 1, 2, 3].map((i) => all.asked.filter((name) => name === `transcoder-${i}`).length);
  expect(Math.min(...counts)).toBeGreaterThan(20);
});

it('passes a task on where a container is busy, and starts elsewhere with the next attempt', async () => {
  const busy = containers(() => 503);
  expect(await containerTranscoders(busy, 10, 'secret').post(message('tsk_1'))).toBe('busy');
  expect(new Set(busy.asked)).toHaveLength(10); // whoever has room is found
  const first = busy.asked[0];
  const rest = containers((name) => (name === first ? 503 : 202));
  expect(await containerTranscoders(rest, 10, 'secret').post(message('tsk_1'))).toBe('accepted');
  expect(rest.asked).toHaveLength(2);
  const again = containers(() => 202);
  await containerTranscoders(again, 10, 'secret').post(message('tsk_1', 2));
  expect(again.asked[0]).toBe(rest.asked[1]);
});

it.each([
  'http://a http://b http://c',
  'http://a, http://b,http://c/',
  '\n  http://a\n  http://b\n  http://c\n',
])(
  'spreads tasks over the addresses of %j, and goes on to the next where one is busy or gone',
  async (list) => {
    const answers: Record<string, number> = { 'http://a': 202, 'http://b': 202, 'http://c': 202 };
    const asked: string[] = [];
    const pool = transcodersAt(list, 'secret', (input) => {
      const { origin, pathname } = new URL(new Request(input).url);
      expect(pathname).toBe('/tasks');
      asked.push(origin);
      return answers[origin] === 0
        ? Promise.reject(new TypeError('refused'))
        : Promise.resolve(new Response(null, { status: answers[origin]! }));
    });
    for (let i = 0; i < 60; i++) await pool.post(message(`tsk_${i}`));
    for (const origin of Object.keys(answers))
      expect(asked.filter((one) => one === origin).length).toBeGreaterThan(10);
    Object.assign(answers, { 'http://a': 503, 'http://b': 0 });
    for (let i = 0; i < 20; i++) expect(await pool.post(message(`tsk_${i}`))).toBe('accepted');
    answers['http://c'] = 503;
    expect(await pool.post(message('tsk_1'))).toBe('busy');
  },
);

it('gives up asking before the lease of the claim runs out', async () => {
  const waited: number[] = [];
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    waited.push(ms);
    return AbortSignal.abort();
  });
  const silent: Containers = { getByName: () => ({ fetch: () => Promise.reject(new Error('timed out')) }) };
  expect(await containerTranscoders(silent, 10, 'secret').post(message('tsk_1'))).toBe('unreachable');
  expect(waited.length).toBeGreaterThan(1);
  expect(waited.reduce((sum, ms) => sum + ms)).toBeLessThan(LEASE_MS);
});

it('is unreachable only where nobody answers', async () => {
  const dead = containers(() => 500);
  expect(await containerTranscoders(dead, 2, 'secret').post(message('tsk_1'))).toBe('unreachable');
  expect(dead.asked).toHaveLength(2);
});

it('goes to the containers exactly where no address is set', async () => {
  const mine = containers(() => 202);
  const binding = { ...env, TRANSCODER_SECRET: 'secret', TRANSCODER: mine as unknown as Env['TRANSCODER'] };
  expect(await platform({ ...binding, TRANSCODER_URL: '' }).transcoder.post(message('tsk_1'))).toBe(
    'accepted',
  );
  expect(mine.asked).toHaveLength(1);
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 503 })));
  expect(await platform(binding).transcoder.post(message('tsk_1'))).toBe('busy');
  expect(mine.asked).toHaveLength(1);
});

it.each([
  ['works', true, () => Response.json({ running: 1 }), 'awake'],
  ['has nothing to do', true, () => Response.json({ running: 0 }), 'stopped'],
  ['does not answer', true, () => Promise.reject(new Error('gone')), 'stopped'],
  ['answers rubbish', true, () => new Response('<html>'), 'stopped'],
  ['is not running', false, () => Response.json({ running: 1 }), 'left alone'],
] as const)(
  'a container that %s is rightly treated when its time is up',
  async (_, running, health, fate) => {
    let seen = 'left alone';
    await sleepUnlessWorking({
      running,
      health: async () => health(),
      stayAwake: () => {
        seen = 'awake';
      },
      stop: () => {
        seen = 'stopped';
        return Promise.resolve();
      },
    });
    expect(seen).toBe(fate);
  },
);
