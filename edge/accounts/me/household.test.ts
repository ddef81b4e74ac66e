import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageRatings } from '../../../schema/catalog-terms.ts';
import type { Id } from '../../../schema/ids.ts';
import { ageOf, chooseProfile, type ProfileFacts } from './choose-profile.ts';
import { guardian, proofNeeded, suffices, type Step } from './household.ts';

const hash = (salt: string) => `pbkdf2$1$${salt}$h`;
const profile = (n: number, ageCeiling: ProfileFacts['ageCeiling'], salt?: string): ProfileFacts => ({
  id: `prf_000${n}`,
  ageCeiling,
  pinHash: salt === undefined ? null : hash(salt),
});

describe('which profile a request is in', () => {
  const [kid, teen, parent] = [profile(1, '7'), profile(2, '16'), profile(3, '18', 'salt')];
  const choose = (list: ProfileFacts[], claim: Parameters<typeof chooseProfile>[1] = null) => {
    const choice = chooseProfile(list, claim);
    return 'profile' in choice ? choice.profile.id : choice.refused;
  };
  it('is the one that was entered', () => {
    expect(choose([kid, teen, parent], { profileId: parent.id, lock: 'salt' })).toBe(parent.id);
    expect(choose([kid, teen, parent], { profileId: teen.id, lock: null })).toBe(teen.id);
    expect(choose([kid, teen], { profileId: teen.id, lock: 'was taken away' })).toBe(teen.id);
  });
  it('is none whose PIN was set or changed since, that is gone, or another account’s', () => {
    expect(choose([kid, teen, parent], { profileId: parent.id, lock: null })).toBe(kid.id);
    expect(choose([kid, teen, parent], { profileId: parent.id, lock: 'older' })).toBe(kid.id);
    expect(choose([kid, teen, parent], { profileId: 'prf_9999', lock: null })).toBe(kid.id);
  });
  it('is else the open one that may see least, never a locked one', () => {
    expect(choose([parent, teen, kid])).toBe(kid.id);
    expect(choose([profile(5, '12'), profile(4, '12')])).toBe('prf_0004');
    expect(choose([parent])).toBe('pin-required');
    expect(choose([])).toBe('no-profile');
  });
});

type Pins = Map<Id<'profile'>, 'child' | 'parent'>;
type World = { profiles: ProfileFacts[]; pins: Pins };

const ages = fc.constantFrom(...ageRatings);
const step = fc.oneof(
  fc.record({ kind: fc.constant('make' as const), age: ages, pin: fc.boolean() }),
  fc.record({
    kind: fc.constant('change' as const),
    at: fc.nat(4),
    age: fc.option(ages, { nil: undefined }),
    pin: fc.constantFrom('set', 'take', 'leave'),
    entered: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(4) }),
);

/** The child's move, if the rule lets somebody make it who knows only the PINs that children have set. */
function childMoves(
  { profiles, pins }: World,
  move: typeof step extends fc.Arbitrary<infer T> ? T : never,
): World {
  const allowed = (wish: Step) => {
    const need = proofNeeded(profiles, wish);
    return !need || profiles.some((p) => pins.get(p.id) === 'child' && suffices(p, need));
  };
  const reached = profiles.filter((p) => p.pinHash === null || pins.get(p.id) === 'child');
  if (move.kind === 'make') {
    if (profiles.length > 4 || !allowed({ make: { ageCeiling: move.age, pin: move.pin } }))
      return { profiles, pins };
    const made = profile(
      profiles.length + Math.max(0, ...profiles.map((p) => Number(p.id.slice(4)))) + 1,
      move.age,
      move.pin ? 'c' : undefined,
    );
    return { profiles: [...profiles, made], pins: move.pin ? new Map(pins).set(made.id, 'child') : pins };
  }
  const target = profiles[move.at % profiles.length]!;
  if (move.kind === 'remove')
    return profiles.length > 1 && allowed({ remove: target.id })
      ? { profiles: profiles.filter((p) => p !== target), pins }
      : { profiles, pins };
  const entered = move.entered && reached.includes(target);
  if (!allowed({ change: target.id, ageCeiling: move.age, pin: move.pin !== 'leave', entered }))
    return { profiles, pins };
  const changed = {
    ...target,
    ageCeiling: move.age ?? target.ageCeiling,
    pinHash: move.pin === 'set' ? hash('c') : move.pin === 'take' ? null : target.pinHash,
  };
  const known = move.pin === 'set' ? new Map(pins).set(target.id, 'child') : pins;
  return { profiles: profiles.map((p) => (p === target ? changed : p)), pins: known };
}

describe('a child with an unlocked device', () => {
  it('never sees more than it could before, whatever it makes, changes, locks or deletes, in whatever order', () => {
    const start = fc.array(fc.record({ age: ages, locked: fc.boolean() }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(start, fc.array(step, { maxLength: 12 }), (rows, moves) => {
        const profiles = rows.map(({ age, locked }, i) => profile(i + 1, age, locked ? 'p' : undefined));
        const pins: Pins = new Map(profiles.filter((p) => p.pinHash).map((p) => [p.id, 'parent']));
        const seen = (world: World) =>
          Math.max(
            -1,
            ...world.profiles
              .filter((p) => p.pinHash === null || world.pins.get(p.id) === 'child')
              .map(ageOf),
          );
        const before = seen({ profiles, pins });
        let world: World = { profiles, pins };
        for (const move of moves) world = childMoves(world, move);
        expect(seen(world)).toBeLessThanOrEqual(before);
        // What a parent has locked is as it was.
        for (const mine of profiles.filter((p) => p.pinHash)) expect(world.profiles).toContainEqual(mine);
      }),
      { numRuns: 2_000 },
    );
  });

  it('alters nothing once a profile is locked, but its own name and preferences', () => {
    const list = [profile(1, '7'), profile(2, '16'), profile(3, '18', 's')];
    const change = (n: number, more: Partial<Extract<Step, { change: string }>>): Step => ({
      change: `prf_000${n}`,
      pin: false,
      entered: false,
      ...more,
    });
    for (const [wish, atLeast] of [
      [{ make: { ageCeiling: '18', pin: false } }, 4],
      [{ make: { ageCeiling: '7', pin: true } }, 1],
      [{ remove: 'prf_0002' }, 3],
      [change(1, { ageCeiling: '12' }), 2],
      [change(2, { ageCeiling: '7' }), 3],
      [change(2, { pin: true }), 3],
    ] as [Step, number][])
      expect(proofNeeded(list, wish)).toEqual({ of: null, atLeast });
    for (const wish of [
      change(3, {}),
      change(3, { pin: true, entered: true }),
      { remove: 'prf_0003' } as Step,
    ])
      expect(proofNeeded(list, wish)).toMatchObject({ of: 'prf_0003' });
    for (const wish of [change(1, {}), change(2, {}), change(3, { entered: true })])
      expect(proofNeeded(list, wish)).toBeNull();
    expect(proofNeeded(list, { make: { ageCeiling: '16', pin: false } })).toBeNull();
  });

  it('gets no further by the PIN of its own profile', () => {
    const list = [profile(1, '12', 'own'), profile(3, '18', 's')];
    const raise = proofNeeded(list, { change: 'prf_0001', ageCeiling: '18', pin: false, entered: true })!;
    expect(suffices(list[0]!, raise)).toBe(false); // nor by anybody else's: it is for the account's password
    expect(suffices(list[1]!, raise)).toBe(false);
    const make = proofNeeded(list, { make: { ageCeiling: '18', pin: false } })!;
    expect(list.filter((p) => suffices(p, make))).toEqual([list[1]]);
    expect(guardian(list, make)).toBe(list[1]);
  });
});
