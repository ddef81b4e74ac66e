import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Counter } from './counter.ts';
import type { Allowance } from './limiter.ts';

const counters = env.COUNTER as DurableObjectNamespace<Counter>;
let made = 0;
const counter = () => counters.getByName(`test:${++made}`);
const three: Allowance = { name: 'three', limit: 3, windowMs: 1_000 };
const START = Date.UTC(2026, 5, 1);

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: START }));
afterEach(() => {
  vi.useRealTimers();
});

describe('a counter', () => {
  it('admits exactly the limit of any number at once', async () => {
    const one = counter();
    const answers = await Promise.all(Array.from({ length: 200 }, () => one.admit([three])));
    expect(answers.filter(({ admitted }) => admitted)).toHaveLength(3);
    const refused = answers.filter((answer) => !answer.admitted);
    expect(new Set(refused.map(({ retryAt }) => retryAt))).toEqual(new Set([START + 1_000]));
  });

  it('says when there is room again, and there is room then', async () => {
    const one = counter();
    for (let n = 0; n < 3; n += 1) {
      vi.setSystemTime(START + n * 100);
      await one.admit([three]);
    }
    const refused = await one.admit([three]);
    expect(refused).toEqual({ admitted: false, retryAt: START + 1_000 });
    vi.setSystemTime(START + 999);
    expect((await one.admit([three])).admitted).toBe(false);
    vi.setSystemTime(START + 1_000);
    expect((await one.admit([three])).admitted).toBe(true);
    expect(await one.admit([three])).toEqual({ admitted: false, retryAt: START + 1_100 });
  });

  it('takes a place in all allowances or in none', async () => {
    const one = counter();
    const wide: Allowance = { name: 'wide', limit: 4, windowMs: 5_000 };
    for (let n = 0; n < 10; n += 1) await one.admit([wide, three]);
    // The seven that `three` refused have used up nothing of `wide`.
    expect((await one.admit([wide])).admitted).toBe(true);
    expect(await one.admit([three, wide])).toEqual({ admitted: false, retryAt: START + 5_000 });
  });

  it('takes back what was not to be counted, once', async () => {
    const one = counter();
    const first = await one.admit([three]);
    await one.admit([three]);
    await one.admit([three]);
    if (!first.admitted) throw new Error('there was room');
    await one.giveBack(first.slots);
    await one.giveBack(first.slots);
    const [again, more] = [await one.admit([three]), await one.admit([three])];
    expect([again.admitted, more.admitted]).toEqual([true, false]);
  });

  it('leaves nothing behind when its windows have passed, and counts anew', async () => {
    const one = counter();
    await one.admit([three]);
    vi.setSystemTime(START + 500);
    await one.admit([three]);
    vi.setSystemTime(START + 1_000);
    expect(await runDurableObjectAlarm(one)).toBe(true);
    const rows = () =>
      runInDurableObject(one, (_, { storage }) => [
        ...storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'admitted'"),
      ]);
    expect(await rows()).toHaveLength(1); // the second is still in its window
    vi.setSystemTime(START + 1_500);
    expect(await runDurableObjectAlarm(one)).toBe(true);
    expect(await rows()).toHaveLength(0);
    expect(await runDurableObjectAlarm(one)).toBe(false);
    await one.giveBack([1]);
    expect((await one.admit([three])).admitted).toBe(true);
  });

  it('agrees with a list of everything that ever happened', async () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 400 }),
      names: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
      back: fc.boolean(),
    });
    const rules: Record<string, Allowance> = {
      a: { name: 'a', limit: 1, windowMs: 300 },
      b: { name: 'b', limit: 2, windowMs: 1_000 },
      c: { name: 'c', limit: 4, windowMs: 700 },
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const one = counter();
        const history: { name: string; at: number }[] = [];
        for (const { wait, names, back } of steps) {
          vi.setSystemTime(Date.now() + wait);
          const now = Date.now();
          const within = (name: string, at: number) =>
            history.filter((entry) => entry.name === name && entry.at > at - rules[name]!.windowMs).length;
          const room = names.every((name) => within(name, now) < rules[name]!.limit);
          const answer = await one.admit(names.map((name) => rules[name]!));
          expect(answer.admitted).toBe(room);
          const full = (at: number) => names.some((name) => within(name, at) >= rules[name]!.limit);
          const roomAt = answer.admitted ? now : answer.retryAt;
          expect([full(roomAt - 1) || room, full(roomAt)]).toEqual([true, false]);
          if (!answer.admitted) continue;
          if (back) await one.giveBack(answer.slots);
          else history.push(...names.map((name) => ({ name, at: now })));
        }
      }),
      { numRuns: 30 },
    );
  });
});
