import { env } from 'cloudflare:workers';
import { expect, it, vi } from 'vitest';
import type { Counter } from './counter.ts';
import { limiter } from './limiter.ts';

const limits = () => ({ limit: vi.fn<RateLimit['limit']>() });
function roughly() {
  const keys = limits();
  const rough = { auth: limits(), play: limits(), keys, uploads: limits(), search: limits() };
  const asks = limiter(env.COUNTER as DurableObjectNamespace<Counter>, rough);
  return { keys, ask: asks.roughly.bind(asks) };
}

it('asks once for a lot, and what is answered holds for all of it', async () => {
  const { keys, ask } = roughly();
  keys.limit.mockResolvedValue({ success: false });
  for (let n = 0; n < 50; n++) expect(await ask('keys', 'a lot')).toBe(false);
  expect(keys.limit).toHaveBeenCalledOnce();
  keys.limit.mockResolvedValue({ success: true });
  expect(await ask('keys', 'a lot')).toBe(true);
  expect(keys.limit).toHaveBeenCalledTimes(2);
});

it('lets nobody wait for the question of a request whose client has left', async () => {
  const { keys, ask } = roughly();
  keys.limit.mockReturnValueOnce(new Promise(() => undefined));
  void ask('keys', 'left');
  expect(await ask('keys', 'left')).toBe(true);
  expect(keys.limit).toHaveBeenCalledOnce();
});
