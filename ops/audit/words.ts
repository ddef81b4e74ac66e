import type { Fault } from '../../schema/audit-verify.ts';
import type { LogVerdict } from '../../schema/audit-log.ts';

const why: Record<Fault['what'], (seq: number) => string> = {
  missing: (seq) => `entry ${seq} is missing`,
  order: (seq) => `entry ${seq} stands in the wrong place, or twice`,
  altered: (seq) => `entry ${seq} is not what was sealed: it, or one before it, was changed`,
  unsealed: (seq) => `entry ${seq} has no seal, though a later one has`,
  rewritten: (seq) =>
    `entry ${seq} fits its chain, but is not the one whose seal was signed: the chain was made anew`,
  'cut off': (seq) => `it ends before entry ${seq}, which was sealed or signed once`,
};

/** What came of verifying a log, in sentences; and whether it is as it should be. */
export function outcome(verdict: LogVerdict): { sentences: string[]; holds: boolean } {
  const { fault, seq, at, hash, anchors, unsealed, unproven, forged, origin } = verdict;
  const to = seq === 0 ? 'nothing' : `entry ${seq} of ${new Date(at ?? 0).toISOString()}`;
  const first = fault
    ? `The audit log of ${origin} is BROKEN: ${why[fault.what](fault.seq)}. It holds to ${to}.`
    : `The audit log of ${origin} holds to ${to}: ${anchors} signed ${anchors === 1 ? 'anchor agrees' : 'anchors agree'}, head ${hash}.`;
  return {
    sentences: [
      first,
      ...forged.map((object) => `The anchor ${object} was NOT signed by the key that it names.`),
      ...(unsealed > 0 && !fault
        ? [`${unsealed} newer not sealed yet: the platform does that within a minute.`]
        : []),
      ...(unproven.length > 0
        ? [
            `${unproven.length} of the anchors name keys that are not in use any more, so that they prove nothing by themselves; --keys FILE takes those keys: ${unproven.join(', ')}`,
          ]
        : []),
    ],
    holds: !fault && forged.length === 0,
  };
}
