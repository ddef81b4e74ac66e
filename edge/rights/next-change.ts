import { decide } from './decide.ts';
import type { Grant, Refusal, Rights, RowTerms, Subject, Viewer } from './terms.ts';

/**
 * The first moment after `now` at which `decide` answers something else: another answer, reason, row, model or term, if no row changes.
 * An answer changes only where something begins or ends, so those moments are asked about, in order.
 */
export function nextChange(viewer: Viewer, episode: Subject, rights: Rights, now: number): number | null {
  const before = told(decide(viewer, episode, rights, now));
  return (
    [...new Set(turns(viewer, episode, rights))]
      .filter((at) => at > now)
      .toSorted((a, b) => a - b)
      .find((at) => told(decide(viewer, episode, rights, at)) !== before) ?? null
  );
}

/** All of an answer but its times, which follow from the moment at which it is asked for. */
export function told(answer: Grant | Refusal): string {
  if (!answer.granted) {
    const { reason, offer } = answer;
    return JSON.stringify([reason, offer?.models ?? null, offer?.plans ?? null]);
  }
  const { until: _until, ...terms } = answer;
  return JSON.stringify(terms);
}

function turns(viewer: Viewer, { airsAt }: Subject, { licences, holdbacks }: Rights): number[] {
  const { subscriptions, purchases } = viewer;
  const windows: readonly RowTerms[] = [...licences, ...holdbacks];
  const early = licences.flatMap((row) => row.earlyAccess.map(({ ms }) => ms));
  const times = [
    ...windows.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
    ...(airsAt === null ? [] : [0, ...early].map((ms) => airsAt - ms)),
    ...subscriptions.flatMap(({ since, until }) => [since, until]),
    ...purchases.flatMap(({ boughtAt, beginBy, begunAt, playsForMs, revokedAt }) => [
      boughtAt,
      beginBy,
      begunAt === null || playsForMs === null ? null : begunAt + playsForMs,
      revokedAt,
    ]),
  ];
  return times.filter((at) => at !== null && Number.isFinite(at)) as number[];
}
