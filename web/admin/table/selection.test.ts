import { expect, it } from 'vitest';
import { clicked } from './selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const click = (chosen: string[], id: string, from: string | null, shift: boolean) =>
  [...clicked(ids, new Set(chosen), id, { from, shift })].sort();

it.each([
  ['one more', ['a'], 'c', 'a', false, ['a', 'c']],
  ['one less', ['a', 'c'], 'a', 'c', false, ['c']],
  ['down to here', ['b'], 'd', 'b', true, ['b', 'c', 'd']],
  ['up to here', ['d'], 'b', 'd', true, ['b', 'c', 'd']],
  ['away, down to here', ['a', 'b', 'c', 'd'], 'd', 'b', true, ['a']],
  ['shift without a click before', [], 'c', null, true, ['c']],
  ['shift after a row that is gone', [], 'c', 'x', true, ['c']],
])('%s', (_, chosen, id, from, shift, wanted) => {
  expect(click(chosen, id, from, shift)).toEqual(wanted);
});
