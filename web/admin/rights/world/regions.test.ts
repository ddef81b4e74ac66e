import { expect, it } from 'vitest';
import { countryCodes } from '../../../../schema/countries.ts';
import { countriesOf, parts } from './regions.ts';

it('has every country of the world in one place', () => {
  expect(parts.flat().flatMap(countriesOf).toSorted()).toEqual(countryCodes.toSorted());
});
