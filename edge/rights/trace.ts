import type { holdbackVerdicts, licenceVerdicts } from '../../schema/api/rights.ts';
import { decide } from './decide.ts';
import { covers, ends, holdsBack, isAbout, isOpen, payment, planAt, releasedAt, starts } from './rows.ts';
import type { HoldbackTerms, LicenceTerms, Rights, Subject, Viewer } from './terms.ts';

export type LicenceVerdict = (typeof licenceVerdicts)[number];
export type HoldbackVerdict = (typeof holdbackVerdicts)[number];

/**
 * What `decide` makes of each row, in stable codes, for editors and support: contracts never reach a viewer. A grant is there where a
 * row `applies` (one is then `chosen`) and neither the episode nor the profile stands in the way.
 */
export function trace(viewer: Viewer, episode: Subject, rights: Rights, now: number) {
  const answer = decide(viewer, episode, rights, now);
  const chosen = answer.granted ? answer.licenceId : null;
  return {
    answer,
    licences: rights.licences.map((row) => ({
      id: row.id,
      verdict: row.id === chosen ? 'chosen' : licenceVerdict(row, viewer, episode, rights.holdbacks, now),
    })),
    holdbacks: rights.holdbacks.map((row) => ({
      id: row.id,
      verdict: holdbackVerdict(row, viewer, episode, now),
    })),
  };
}

function licenceVerdict(
  row: LicenceTerms,
  viewer: Viewer,
  episode: Subject,
  holdbacks: readonly HoldbackTerms[],
  now: number,
): LicenceVerdict {
  if (row.endedAt !== null) return 'ended';
  if (starts(row) >= ends(row)) return 'never-open';
  if (!isAbout(row, episode)) return 'other-episodes';
  if (!covers(row, viewer.country)) return 'other-territory';
  if (now >= ends(row)) return 'over';
  if (now < starts(row)) return 'to-come';
  const left = row.models.filter(
    (model) =>
      !holdbacks.some(
        (held) => holdbackVerdict(held, viewer, episode, now) === 'in-force' && held.models.includes(model),
      ),
  );
  if (left.length === 0) return 'held-back';
  const plan = planAt(viewer.subscriptions, now);
  if (now < releasedAt(row, episode, plan.id)) return 'not-aired';
  return left.some((model) => payment(model, viewer, plan, episode, now)) ? 'applies' : 'not-paid';
}

function holdbackVerdict(row: HoldbackTerms, viewer: Viewer, episode: Subject, now: number): HoldbackVerdict {
  if (!isAbout(row, episode)) return 'other-episodes';
  if (!holdsBack(row, viewer.country)) return 'other-territory';
  if (isOpen(row, now)) return 'in-force';
  return now < starts(row) ? 'to-come' : 'over';
}
