import {
  holdbackVerdicts,
  licenceVerdicts,
  refusalReasons,
  type Decision,
} from '../../../../schema/api/rights.ts';

export type Outcome = 'holds' | 'fails' | 'unasked';
type LicenceVerdict = Decision['licences'][number]['verdict'];
type HoldbackVerdict = Decision['holdbacks'][number]['verdict'];
/** What a licence has to be for the viewer, in the order in which it is looked at. */
export const licenceConditions = licenceVerdicts.filter(
  (verdict): verdict is Exclude<LicenceVerdict, 'applies' | 'chosen'> =>
    verdict !== 'applies' && verdict !== 'chosen',
);
/** What a holdback has to be to hold anything back. */
export const holdbackConditions = holdbackVerdicts.filter(
  (verdict): verdict is Exclude<HoldbackVerdict, 'in-force'> => verdict !== 'in-force',
);
type Step<T> = { of: T; outcome: Outcome };

/**
 * `decide` tells the first reason that is true, and the trace the first condition that a row fails: so everything before it held, and
 * nothing after it was asked.
 * @param failed null: none did
 */
function upTo<T>(order: readonly T[], failed: T | null): Step<T>[] {
  const at = failed === null ? order.length : order.indexOf(failed);
  return order.map((of, i) => ({ of, outcome: i < at ? 'holds' : i === at ? 'fails' : 'unasked' }));
}

export const questionSteps = ({ reason }: Pick<Decision, 'reason'>) => upTo(refusalReasons, reason);
export const licenceSteps = (verdict: LicenceVerdict) =>
  upTo(licenceConditions, verdict === 'applies' || verdict === 'chosen' ? null : verdict);
export const holdbackSteps = (verdict: HoldbackVerdict) =>
  upTo(holdbackConditions, verdict === 'in-force' ? null : verdict);
