import { expect, it } from 'vitest';
import { choose, typed } from './combobox.ts';

it('goes around through the suggestions and the field itself', () => {
  const seen: (number | null)[] = [];
  let combo = { items: 2, at: null as number | null };
  for (let i = 0; i < 4; i++) seen.push((combo = choose(combo, 'next')).at);
  expect(seen).toEqual([0, 1, null, 0]);
  expect(choose({ items: 2, at: null }, 'previous').at).toBe(1);
  expect(choose({ items: 2, at: 0 }, 'previous').at).toBeNull();
  expect(choose({ items: 0, at: null }, 'next').at).toBeNull();
});

it('takes only the keys that mean something for a list, and leaves the rest to the field', () => {
  const open = { items: 3, at: null };
  expect(typed({ items: 0, at: null }, 'ArrowDown', false)).toBe('ask');
  expect(typed({ items: 0, at: null }, 'Enter', false)).toBeNull();
  expect(typed(open, 'Enter', false)).toBeNull(); // searches for what is typed
  expect(typed({ ...open, at: 1 }, 'Enter', false)).toBe('go');
  expect(typed(open, 'ArrowUp', true)).toBe('close');
  expect(typed(open, 'Escape', false)).toBe('close');
  expect(typed(open, 'Home', false)).toBeNull();
});
