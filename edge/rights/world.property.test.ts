import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { worldStates } from '../../schema/api/rights-room.ts';
import { countryCodes } from '../../schema/countries.ts';
import { decide } from './decide.ts';
import { nextChange, told } from './next-change.ts';
import { BEGIN, END } from './oracle.fixture.ts';
import { question } from './question.fixture.ts';
import type { Subject } from './terms.ts';
import { standing, world } from './world.ts';

const check = (property: Parameters<typeof fc.property<[Question]>>[1], numRuns: number) =>
  fc.assert(fc.property(question, property), { numRuns });
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

it('agrees with decide in each country, and where the country is not known', () => {
  const seen = new Map<string, number>();
  check(({ viewer, episode, rights, now }) => {
    const map = new Map(world(viewer, [episode], rights, now).map((one) => [one.country, one]));
    expect(map.size).toBe(countryCodes.length + 1);
    for (const country of [...countryCodes, null]) {
      const { state, at, open } = map.get(country)!;
      seen.set(state, (seen.get(state) ?? 0) + 1);
      const answer = decide({ ...viewer, country, signedIn: true }, episode, rights, now);
      expect(open).toBe(answer.granted ? 1 : 0);
      const answered = answer.granted ? 'granted' : answer.reason;
      const states: Record<typeof answered, readonly string[]> = {
        granted: answer.granted && answer.early ? ['early'] : ['open'],
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
      expect(states[answered]).toContain(state);
      expect(at).toBe((answer.granted ? answer.until : answer.retryAt) ?? at);
    }
  }, 250);
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
