import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { worldStates, type WorldState } from '../../schema/api/rights-room.ts';
import { countryCodes } from '../../schema/countries.ts';
import { decide } from './decide.ts';
import { nextChange, told } from './next-change.ts';
import { BEGIN, END } from './oracle.fixture.ts';
import { question } from './question.fixture.ts';
import type { RefusalReason, Subject } from './terms.ts';
import { standing, world } from './world.ts';

const check = (property: Parameters<typeof fc.property<[Question]>>[1], numRuns: number) =>
  fc.assert(fc.property(question, property), { numRuns });
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

/** Which states an answer of `decide` may be shown as. */
const shownAs: Record<RefusalReason, readonly WorldState[]> = {
  'not-signed-in': [],
  'not-found': ['unpublished'],
  'taken-down': ['taken-down'],
  'not-in-territory': ['never', 'held-back'],
  'window-ended': ['ended', 'held-back'],
  'age-restricted': ['age-restricted'],
  'not-yet': ['not-yet', 'held-back', 'early-only'],
  'plan-required': ['plan'],
  'purchase-required': ['purchase'],
};

it('agrees with decide in each country, and where the country is not known', () => {
  const seen = new Set<WorldState>();
  check(({ viewer, episode, rights, now }) => {
    const shown = world(viewer, [episode], rights, now);
    expect(shown.map(({ country }) => country)).toEqual([...countryCodes, null]);
    const wrong = shown.filter(({ country, state, at, open }) => {
      seen.add(state);
      const answer = decide({ ...viewer, country, signedIn: true }, episode, rights, now);
      if (answer.granted)
        return open !== 1 || at !== answer.until || state !== (answer.early ? 'early' : 'open');
      const timely = answer.retryAt === null || at === answer.retryAt;
      return open !== 0 || !timely || !shownAs[answer.reason].includes(state);
    });
    expect(wrong).toEqual([]);
  }, 400);
  expect(worldStates.filter((state) => !seen.has(state))).toEqual([]);
});

it('says that something is held back only where it is open once the holdbacks are gone', () => {
  let held = 0;
  check(({ viewer, episode, rights, now }) => {
    for (const country of ['JP', 'FR', 'US']) {
      const free = standing({ ...viewer, country }, episode, { ...rights, holdbacks: [] }, now);
      if (standing({ ...viewer, country }, episode, rights, now).state !== 'held-back') continue;
      held += 1;
      expect(['never', 'ended', 'held-back']).not.toContain(free.state);
    }
  }, 1_000);
  expect(held).toBeGreaterThan(10);
});

it('shows the best episode of a title, and how many may be watched', () => {
  check(({ viewer, episode, rights, now }) => {
    const others: Subject[] = [episode, { ...episode, id: 'ep_b', number: 9 }, { ...episode, season: 2 }];
    const each = others.map((one) => world(viewer, [one], rights, now));
    for (const [i, all] of world(viewer, others, rights, now).entries()) {
      const alone = each.map((list) => list[i]!);
      expect(all.open).toBe(alone.reduce((sum, { open }) => sum + open, 0));
      const rank = alone.map(({ state }) => worldStates.indexOf(state));
      expect(worldStates.indexOf(all.state)).toBe(Math.min(...rank));
    }
  }, 100);
});

it('says when the answer changes: asked at each moment, never before, and then', () => {
  let changes = 0;
  check(({ viewer, episode, rights, now }) => {
    const said = (at: number) => told(decide(viewer, episode, rights, at));
    let expected: number | null = null;
    for (let at = now + 1; at <= END && expected === null; at++) if (said(at) !== said(now)) expected = at;
    expect(nextChange(viewer, episode, rights, now)).toBe(expected);
    if (expected !== null) changes += 1;
    expect(now).toBeGreaterThanOrEqual(BEGIN);
  }, 2_000);
  expect(changes).toBeGreaterThan(200);
});
