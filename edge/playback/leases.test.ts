import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Id } from '../../schema/ids.ts';
import { spend, type Spent } from './allowance.ts';
import { asking } from './leases.fixture.ts';
import {
  admit,
  dueAt,
  end,
  give,
  hear,
  isLive,
  isNews,
  liveAmong,
  secondsGiven,
  touch,
  watched,
  type Asked,
  type Stream,
} from './leases.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 3, 1);
const LEASE = 2.5 * MINUTE;
const session = (n: number): Id<'playback'> => `ply_000${n}`;

const asked = (n: number, change: Partial<Asked> = {}): Asked =>
  asking(`000${n}`, { startedAt: START, until: START + 12 * 60 * MINUTE, ...change });

/** The streams after one more was asked for, and whether it was admitted. */
function ask(streams: readonly Stream[], wanted: Asked, now: number) {
  const answer = admit(streams, wanted, now);
  const changed = answer.admitted ? answer.changed : [];
  const ids = new Set(changed.map(({ sessionId }) => sessionId));
  return { answer, streams: [...streams.filter((s) => !ids.has(s.sessionId)), ...changed] };
}
const one = (change: Partial<Asked> = {}, now = START): Stream => ask([], asked(1, change), now).streams[0]!;

describe('a lease', () => {
  it('lasts two and a half key periods from the last touch, and no millisecond longer', () => {
    const stream = one();
    expect(isLive(stream, START + LEASE - 1)).toBe(true);
    expect(isLive(stream, START + LEASE)).toBe(false);
    const touched = touch([stream], stream, START + MINUTE);
    expect(touched).toMatchObject({ seenAt: START + MINUTE, leasedUntil: START + MINUTE + LEASE });
  });

  it('never outlives its token', () => {
    const stream = one({ until: START + MINUTE });
    expect(isLive(stream, START + MINUTE - 1)).toBe(true);
    expect(isLive(stream, START + MINUTE)).toBe(false);
    expect(touch([stream], stream, START + MINUTE)).toBe('expired');
  });

  it('that expired is taken up again after any pause, unless another took its place', () => {
    const [first, second] = [one({ limit: 1 }), asked(2, { limit: 1, startedAt: START + 60 * MINUTE })];
    expect(touch([first], first, START + 60 * MINUTE)).toMatchObject({ sessionId: session(1) });
    const { streams } = ask([first], second, START + 60 * MINUTE);
    expect(touch(streams, first, START + 61 * MINUTE)).toBe('expired');
    expect(touch(streams, first, START + 60 * MINUTE + LEASE)).toMatchObject({ sessionId: session(1) });
  });

  it('counts by the plan of the latest play', () => {
    const [first, second] = [one({ limit: 1 }), asked(2, { limit: 4, startedAt: START + 60 * MINUTE })];
    const { streams } = ask([first], second, START + 60 * MINUTE);
    expect(touch(streams, first, START + 61 * MINUTE)).toMatchObject({ sessionId: session(1) });
  });

  it('is refused with what plays now, the latest first; ending one of these makes room, ending another does not', () => {
    let { streams } = ask([], asked(1), START);
    ({ streams } = ask(streams, asked(2, { startedAt: START + 1 }), START));
    const refused = ask(streams, asked(3), START);
    expect(refused.answer).toMatchObject({
      live: [{ sessionId: session(2) }, { sessionId: session(1) }],
    });
    expect(ask(streams, asked(3, { takeOver: session(9) }), START).answer.admitted).toBe(false);
    const instead = ask(streams, asked(3, { takeOver: session(1) }), START);
    expect(instead.answer.admitted).toBe(true);
    const taken = instead.streams.find(({ sessionId }) => sessionId === session(1))!;
    expect(touch(instead.streams, taken, START + 1)).toBe('taken-over');
    expect(liveAmong(instead.streams, START).map(({ sessionId }) => sessionId)).toEqual([
      session(2),
      session(3),
    ]);
  });

  it('of a tab ends what that tab played before, said goodbye or not; another tab, or another sign-in of that name, is somebody else', () => {
    const sitting = { limit: 1, seat: 'tab-one-1', signInId: 'ses_one' };
    const { streams } = ask([], asked(1, sitting), START);
    const next = asked(2, { ...sitting, startedAt: START + 1 });
    const after = ask(streams, next, START + 1);
    expect(liveAmong(after.streams, START + 1).map(({ sessionId }) => sessionId)).toEqual([session(2)]);
    expect(ask(streams, { ...next, seat: 'tab-two-2' }, START + 1).answer.admitted).toBe(false);
    expect(ask(streams, { ...next, signInId: 'ses_two' }, START + 1).answer.admitted).toBe(false);
    // The first request was slow, and comes after the second.
    const late = ask(after.streams, asked(3, sitting), START + 2);
    expect(late.answer).toEqual({ admitted: false, ended: 'taken-over' });
  });

  it('takes nothing over where it is refused all the same', () => {
    let streams: Stream[] = [];
    for (const n of [1, 2, 3]) ({ streams } = ask(streams, asked(n, { limit: 3 }), START));
    const { answer } = ask(streams, asked(4, { limit: 1, takeOver: session(1) }), START);
    expect(answer).toMatchObject({ admitted: false, live: [{}, {}, {}] });
  });
});

describe('what was watched', () => {
  it('is what the last heartbeat said, whatever comes late or twice', () => {
    const beats = fc.uniqueArray(
      fc.record({ number: fc.nat(50), position: fc.double({ min: 0, max: 1440, noNaN: true }) }),
      {
        selector: ({ number }) => number,
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(
        beats.chain((sent) =>
          fc.record({
            sent: fc.constant(sent),
            arrived: fc.array(fc.constantFrom(...sent), { minLength: 1 }),
          }),
        ),
        ({ arrived }) => {
          let stream = one();
          for (const [i, { number, position }] of arrived.entries()) {
            const beat = { number, position, stopped: false };
            if (isNews(stream, beat)) stream = hear(stream, beat, START + i);
          }
          const last = arrived.reduce((a, b) => (b.number > a.number ? b : a));
          expect(watched(stream)?.position).toBe(last.position);
        },
      ),
    );
  });

  it('is counted by keys, each once, also of a player that says nothing', () => {
    let stream = one();
    expect(watched(stream)).toBeNull();
    expect(dueAt(stream, START)).toBeNull();
    for (const period of [0, 1, 0, 23, 1]) stream = give(stream, period, START);
    expect(stream.given).toEqual([0, 1, 23]);
    expect(secondsGiven(stream)).toBe(180);
    expect(watched(stream)).toEqual({ position: 1380, at: START });
    const short = give(one({ duration: 70 }), 1, START);
    expect(secondsGiven(short)).toBe(10);
    expect(hear(stream, { position: 9999, number: 0, stopped: false }, START).heard?.position).toBe(1440);
  });

  it('is due when the lease ends, at once when the viewer stops, and every half hour of a long film', () => {
    const stream = give(one(), 0, START);
    expect(dueAt(stream, START)).toBe(START + LEASE);
    expect(dueAt(end(stream, 'taken-down'), START + 5)).toBe(START + 5);
    const stopped = hear(stream, { position: 60, number: 1, stopped: true }, START + 5);
    expect(isLive(stopped, START + 5)).toBe(false);
    expect(dueAt(stopped, START + 5)).toBe(START + 5);
    const long = touch([stream], stream, START + 29 * MINUTE) as Stream;
    expect(dueAt(long, START + 29 * MINUTE)).toBe(START + 30 * MINUTE);
  });
});

// Every sequence of what clients and the world can do, with the promises checked after each step.
type Step =
  | { do: 'begin'; n: number; takeOver: number | null }
  | { do: 'touch' | 'stop' | 'revoke'; n: number }
  | { do: 'wait'; ms: number };
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('begin' as const), n: fc.nat(7), takeOver: fc.option(fc.nat(7)) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('touch' as const, 'stop' as const, 'revoke' as const),
      n: fc.nat(7),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(1, MINUTE, LEASE - 1, LEASE, 60 * MINUTE),
    }),
  },
);

it('never are there more live streams than the plan allows, and what has ended stays ended', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (limit, steps: Step[]) => {
      let streams: Stream[] = [];
      let now = START;
      const ended = new Set<string>();
      const put = (stream: Stream) =>
        (streams = streams.map((old) => (old.sessionId === stream.sessionId ? stream : old)));
      const broken: string[] = [];
      for (const [i, move] of steps.entries()) {
        const stream =
          'n' in move ? streams.find(({ sessionId }) => sessionId === session(move.n)) : undefined;
        if (move.do === 'wait') now += move.ms;
        else if (move.do === 'begin') {
          const takeOver = move.takeOver === null ? null : session(move.takeOver);
          const others = liveAmong(streams, now).filter(({ sessionId }) => sessionId !== takeOver);
          const wanted = asked(move.n, { limit, takeOver, startedAt: now });
          const first = ask(streams, wanted, now);
          if ('live' in first.answer && others.length < limit) broken.push('refused though there was room');
          ({ streams } = first);
          const again = ask(streams, wanted, now);
          if (again.answer.admitted !== first.answer.admitted) broken.push('a retry was answered otherwise');
          if (again.streams.length !== streams.length) broken.push('a retry made another stream');
        } else if (stream && move.do === 'revoke') put(end(stream, 'signed-out'));
        else if (stream) {
          const touched = touch(streams, stream, now);
          const refused = typeof touched === 'string';
          if (ended.has(stream.sessionId) && !refused) broken.push('what had ended went on');
          if (!refused)
            put(move.do === 'stop' ? hear(touched, { position: 1, number: i, stopped: true }, now) : touched);
        }
        for (const { sessionId, ended: because } of streams) if (because) ended.add(sessionId);
        const live = liveAmong(streams, now);
        if (live.length > limit) broken.push(`${live.length} live of ${limit}`);
        if (live.some(({ sessionId }) => ended.has(sessionId))) broken.push('what had ended is live');
      }
      expect(broken).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

describe('the allowance of a day', () => {
  it('stops a scraper and nobody else', () => {
    const evenings: Spent = { day: START / 86_400_000, plays: 40, seconds: 2 * 86_400 };
    expect(spend(null, evenings, 1, START)).toEqual(evenings);
    expect(spend(evenings, { seconds: 1 }, 1, START + 1)).toEqual({ retryAt: START + 86_400_000 });
    expect(spend(evenings, { seconds: 1 }, 2, START + 1)).toMatchObject({ seconds: 172_801 });
    expect(spend(evenings, { seconds: 60 }, 1, START + 86_400_000)).toMatchObject({ seconds: 60, plays: 0 });
    expect(spend({ ...evenings, plays: 1000 }, { plays: 1 }, 1, START)).toHaveProperty('retryAt');
  });
});
