import { expect, it } from 'vitest';
import { refusalReasons } from '../../../../schema/api/rights.ts';
import { holdbackSteps, licenceConditions, licenceSteps, questionSteps } from './steps.ts';

it.each(refusalReasons)('says what held before %s, and that nothing after it was asked', (reason) => {
  const outcomes = questionSteps({ reason }).map(({ outcome }) => outcome);
  const at = refusalReasons.indexOf(reason);
  expect(outcomes[at]).toBe('fails');
  expect(outcomes.slice(0, at).every((one) => one === 'holds')).toBe(true);
  expect(outcomes.slice(at + 1).every((one) => one === 'unasked')).toBe(true);
});

it('says that everything held where it is granted, and of a row that applies', () => {
  expect(questionSteps({ reason: null }).every(({ outcome }) => outcome === 'holds')).toBe(true);
  expect(licenceSteps('chosen')).toEqual(licenceSteps('applies'));
  expect(licenceSteps('applies')).toHaveLength(licenceConditions.length);
  expect(licenceSteps('other-territory').find(({ outcome }) => outcome === 'fails')?.of).toBe(
    'other-territory',
  );
  expect(holdbackSteps('in-force').every(({ outcome }) => outcome === 'holds')).toBe(true);
  expect(holdbackSteps('over').at(-1)?.outcome).toBe('unasked');
});
