import { expect, it } from 'vitest';
import { countryCodes } from '../../../../schema/countries.ts';
import { countriesOf, regionNames } from './regions.ts';

it('has every country of the world in one place', () => {
  expect(regionNames.flatMap(countriesOf).toSorted()).toEqual(countryCodes.toSorted());
});
