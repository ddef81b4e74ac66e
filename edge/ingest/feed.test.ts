import { env, exports } from 'cloudflare:workers';
import { evictDurableObject } from 'cloudflare:test';
import { expect, it, vi } from 'vitest';
import type { TaskMessage } from '../../schema/jobs/task.ts';
import { bearer } from '../testing/sign-in.ts';
import { asEditor, uploaded, type World } from './ingest.fixture.ts';
import { code, eachInItsWorld } from './world.fixture.ts';

let world: World;
eachInItsWorld((made) => (world = made));
const worker = (exports as unknown as { default: Fetcher }).default;

const handshake = async (headers: Record<string, string> = {}) =>
  worker.fetch('https://engawa.test/api/admin/jobs/feed', {
    headers: { upgrade: 'websocket', authorization: `Bearer ${await bearer('editor')}`, ...headers },
  });
/** A socket, and the lines it has heard. */
async function listening() {
  const { status, webSocket: socket } = await handshake();
  expect(status).toBe(101);
  const lines: string[] = [];
  socket!.addEventListener('message', ({ data }) => {
    lines.push(String(data));
  });
  socket!.accept();
  return { socket: socket!, lines };
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const real = performance.now.bind(performance); // the world's clock stands still

it('tells everybody who listens, within two seconds, that a transcoder reported', async () => {
  const { jobId } = await uploaded(world);
  const [probe] = await world.take();
  const [one, two] = [await listening(), await listening()];
  const since = real();
  await world.say(probe!, 'heartbeat', { progress: 0.25, note: 'reading' });
  await vi.waitFor(() => {
    for (const { lines } of [one, two]) expect(lines).toEqual([JSON.stringify({ jobId })]);
  });
  expect(real() - since).toBeLessThan(2_000);
  one.socket.close();
  two.socket.close();
});

it('speaks of a job about twice a second, however many report, and never keeps the last change back', async () => {
  const { jobId } = await uploaded(world);
  const { socket, lines } = await listening();
  const line = JSON.stringify({ jobId });
  for (let i = 0; i < 40; i++) await world.platform.feed.tell(jobId);
  await vi.waitFor(() => expect(lines).toEqual([line, line]), 2_000);
  await pause(1_200);
  expect(lines.length).toBeLessThanOrEqual(3);
  await world.platform.feed.tell(jobId);
  await vi.waitFor(() => expect(lines.length).toBeGreaterThanOrEqual(3), 2_000);
  socket.close();
});

it('says so when a job begins, is claimed, handed back, goes on, or is cancelled', async () => {
  const { socket, lines } = await listening();
  let jobId = '';
  let held: TaskMessage[] = [];
  const steps: (() => Promise<unknown>)[] = [
    async () => ({ jobId } = await uploaded(world)),
    async () => (held = await world.take()),
    () => world.say(held[0]!, 'release'),
    async () => (held = await world.take()),
    () => world.work(held[0]!),
    () => asEditor('POST', `/api/admin/jobs/${jobId}/cancel`),
  ];
  for (const step of steps) {
    await step();
    await vi.waitFor(() => expect(lines).toContain(JSON.stringify({ jobId })), 2_000);
    await pause(600); // nothing of this step is said later
    lines.length = 0;
  }
  socket.close();
});

it('answers a ping, and keeps its sockets while it is out of memory', async () => {
  const { jobId } = await uploaded(world);
  const { socket, lines } = await listening();
  socket.send('ping');
  await vi.waitFor(() => expect(lines).toEqual(['pong']));
  await evictDurableObject(env.JOB_FEED.getByName('all'));
  await world.platform.feed.tell(jobId);
  await vi.waitFor(() => expect(lines).toEqual(['pong', JSON.stringify({ jobId })]), 2_000);
  socket.close();
});

it('is for editors, from this site, by WebSocket', async () => {
  expect((await handshake({ authorization: `Bearer ${await bearer('viewer')}` })).status).toBe(403);
  expect(await code(await handshake({ origin: 'https://elsewhere.test' }))).toBe('cross-site');
  expect(await code(await handshake({ 'sec-fetch-site': 'cross-site' }))).toBe('cross-site');
  expect((await asEditor('GET', '/api/admin/jobs/feed')).status).toBe(400);
  const { status, webSocket } = await handshake({ origin: 'https://engawa.test' });
  expect(status).toBe(101);
  webSocket!.accept();
  webSocket!.close();
});

it('fails no call where it cannot be told', async () => {
  await uploaded(world);
  const [probe] = await world.take();
  vi.spyOn(env.JOB_FEED, 'getByName').mockImplementation(() => {
    throw new Error('the feed is down');
  });
  expect((await world.say(probe!, 'heartbeat', { progress: 0.5 })).status).toBe(204);
});
