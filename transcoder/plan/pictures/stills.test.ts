import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawn, mixed, smoothed } from './look.fixture.ts';
import { distance, lookAt, type Look, type Pixels } from './look.ts';
import { nextStill, stillCount, unfit, worth } from './stills.ts';

const black = (): Pixels => {
  const picture = drawn(0);
  return { ...picture, rgb: new Uint8Array(picture.rgb.length) };
};
const shots = Array.from({ length: 12 }, (_, i) => drawn(i + 1));

function choose(looks: readonly Look[], duration: number): Look[] {
  const chosen: Look[] = [];
  while (chosen.length < stillCount(duration)) {
    const next = nextStill(looks, chosen, { duration, refused: new Set() });
    if (!next) break;
    chosen.push(next);
  }
  return chosen;
}

describe('what may be a still', () => {
  it('drawn pictures may; black, white, grey and blurred ones may not', () => {
    for (const shot of shots) expect(unfit(lookAt(0, shot))).toBe(null);
    expect(unfit(lookAt(0, black()))).toBe('dark');
    expect(unfit(lookAt(0, mixed(shots[0]!, black(), 0.95)))).toBe('dark');
    expect(unfit(lookAt(0, drawn(0)))).toBe('flat');
    expect(unfit(lookAt(0, mixed(drawn(0), shots[0]!, 0.05)))).toBe('flat');
    expect(unfit(lookAt(0, smoothed(shots[1]!, 8)))).toBe('blurred');
  });

  it('is worth less at the ends of an episode, and when half faded', () => {
    const at = (time: number, pixels = shots[3]!) => worth(lookAt(time, pixels), 100);
    expect(at(0)).toBeLessThan(at(50));
    expect(at(99)).toBeLessThan(at(50));
    expect(at(50, mixed(shots[3]!, black(), 0.6))).toBeLessThan(at(50));
  });
});

describe('the choice', () => {
  it('takes good pictures only, each of another shot, from all over the episode', () => {
    const duration = 1200;
    const film = Array.from({ length: 240 }, (_, i) => {
      const shot = shots[Math.floor(i / 20)]!;
      const picture = [black(), smoothed(shot, 8), mixed(shot, shots[0]!, 0.04), shot][i % 4]!;
      return lookAt(i * 5, picture);
    });
    const chosen = choose(film, duration);
    expect(chosen).toHaveLength(5);
    for (const look of chosen) expect(unfit(look)).toBe(null);
    for (const [i, a] of chosen.entries())
      for (const b of chosen.slice(i + 1)) {
        expect(Math.abs(a.time - b.time)).toBeGreaterThanOrEqual(80);
        expect(distance(a, b)).toBeGreaterThan(0.06);
      }
  });

  it('gives one still of a film of one shot, none of a black one', () => {
    const still = Array.from({ length: 30 }, (_, i) => lookAt(i * 10, shots[0]!));
    expect(choose(still, 300)).toHaveLength(1);
    expect(
      choose(
        Array.from({ length: 30 }, (_, i) => lookAt(i * 10, black())),
        300,
      ),
    ).toEqual([]);
  });

  it('passes over what was refused', () => {
    const looks = shots.map((shot, i) => lookAt(i * 10, shot));
    const [best] = choose(looks, 120);
    const next = nextStill(looks, [], { duration: 120, refused: new Set([best!.time]) });
    expect(next).not.toBe(null);
    expect(next!.time).not.toBe(best!.time);
  });

  it('never breaks its own rules, whatever the film', () => {
    const known = [...shots, black(), ...shots.map((shot) => mixed(shot, black(), 0.5))].map((shot) =>
      lookAt(0, shot),
    );
    const film = fc.array(fc.nat({ max: known.length - 1 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(film, fc.integer({ min: 1, max: 3000 }), (order, duration) => {
        const looks = order.map((shot, i) => ({ ...known[shot]!, time: (i * duration) / order.length }));
        const chosen = choose(looks, duration);
        const fit = looks.filter((look) => !unfit(look));
        expect(chosen.length).toBeLessThanOrEqual(stillCount(duration));
        expect(chosen.length > 0).toBe(fit.length > 0);
        expect(new Set(chosen.map(({ time }) => time)).size).toBe(chosen.length);
        for (const look of chosen) expect(fit).toContain(look);
        // Best first: nobody beats the first by content and place alone.
        const worths = fit.map((look) => worth(look, duration));
        expect(chosen.slice(0, 1).map((look) => worth(look, duration))).toEqual(
          worths.toSorted((a, b) => b - a).slice(0, 1),
        );
      }),
    );
  });
});
