import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchStates } from '../../schema/library-terms.ts';
import type { Id } from '../../schema/ids.ts';
import { continueWith, firstOf, goOn, type Reached, type Said, type Watchable } from './go-on.ts';
import { withUnwritten } from './unwritten.ts';

const LENGTH = 1440;
const idOf = (n: number): Id<'episode'> => `ep_${n}0000`;
const series = fc
  .array(fc.boolean(), { minLength: 1, maxLength: 8 })
  .map((playable) =>
    playable.map((can, n): Watchable => ({ id: idOf(n), playable: can, publishedAt: can ? n * 10 : null })),
  );
const reachedOf = (order: readonly Watchable[]) =>
  fc
    .array(
      fc.record({
        n: fc.nat(order.length - 1),
        position: fc.constantFrom(0, 5, 300, 1400, LENGTH),
        completed: fc.boolean(),
        at: fc.nat(100),
      }),
    )
    .map(
      (rows) =>
        new Map<string, Reached>(
          rows.map(({ n, position, completed, at }) => [
            idOf(n),
            { episodeId: idOf(n), position, duration: LENGTH, completed: completed || position >= 1368, at },
          ]),
        ),
    );
const said: fc.Arbitrary<Said> = fc.option(
  fc.record({
    state: fc.constantFrom(...watchStates),
    stateAt: fc.nat(100),
    followedAt: fc.option(fc.nat(100)),
  }),
);
const world = series.chain((order) => fc.tuple(fc.constant(order), reachedOf(order), said));

describe('what to go on with', () => {
  it('can be played, was watched before or stands behind what was, and is where its viewer was', () => {
    fc.assert(
      fc.property(world, ([order, reached, list]) => {
        const found = goOn(order, reached, list);
        if (!found) return;
        const index = order.findIndex(({ id }) => id === found.episodeId);
        const latest = Math.max(...[...reached.values()].map(({ at }) => at));
        expect(order[index]!.playable).toBe(true);
        expect(found.at).toBe(latest);
        const was = reached.get(found.episodeId);
        expect(found.position ?? 0).toBeLessThanOrEqual(was?.position ?? 0);
        const again = list?.state === 'completed' && latest > list.stateAt;
        expect(found.why === 'resume' || again || !was?.completed).toBe(true);
      }),
    );
  });

  it('is never of a dropped title, and of a paused or completed one only what came after', () => {
    fc.assert(
      fc.property(world, ([order, reached, list]) => {
        const found = continueWith(order, reached, list);
        if (!found || !list) return;
        expect(list.state).not.toBe('dropped');
        const goesOn = list.state === 'planning' || list.state === 'watching';
        const after = found.at > list.stateAt || (found.why === 'new' && list.followedAt !== null);
        expect(goesOn || after).toBe(true);
      }),
    );
  });

  it('is nothing where nothing was watched', () => {
    fc.assert(
      fc.property(fc.tuple(series, said), ([order, list]) => {
        expect(goOn(order, new Map(), list)).toBe(null);
      }),
    );
  });

  it('begins with the first that can be played', () => {
    fc.assert(
      fc.property(series, (order) => {
        expect(firstOf(order)).toBe(order.find(({ playable }) => playable) ?? null);
      }),
    );
  });
});

describe('what is not written yet', () => {
  it('counts as it will once it is written, however often it is told', () => {
    fc.assert(
      fc.property(world, ([order, reached]) => {
        const known = [...reached.values()];
        const late = order
          .slice(0, 2)
          .map(({ id }) => ({ episodeId: id, position: 700, duration: LENGTH, at: 50 }));
        const once = withUnwritten(known, late);
        expect(withUnwritten([...once.values()], late)).toEqual(once);
        for (const { episodeId, at } of late) {
          const [was, now] = [reached.get(episodeId), once.get(episodeId)!];
          expect(now.at).toBe(Math.max(was?.at ?? 0, at));
          expect(now.completed || !was?.completed).toBe(true);
        }
      }),
    );
  });
});
