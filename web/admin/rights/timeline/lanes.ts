import type { LicenceState } from '../../../../schema/api/rights-room.ts';
import type { Holdback, Licence } from '../../../../schema/api/rights.ts';
import { standing } from '../territories.ts';
import { stacked } from './axis.ts';

/** What a bar says of itself besides when: its look follows from it, and its words do. */
export type BarState = LicenceState | 'held';
export type Bar = Pick<Licence, 'startsAt' | 'endsAt'> & {
  id: Licence['id'] | Holdback['id'];
  row: Licence | Holdback;
  state: BarState;
};
/** Rows of one licensor, for the same countries and models: what replaces each other stands in one line. */
export type Lane = {
  key: string;
  of: Pick<Licence, 'licensorId' | 'territories' | 'models' | 'titleId'>;
  held: boolean;
  levels: Bar[][];
};

/** The state of a licence as far as its own row and those that amend it say. */
export function stateOf(licence: Licence, all: readonly Licence[], now: number): LicenceState {
  if (licence.endedAt !== null)
    return all.some(({ amends }) => amends === licence.id) ? 'amended' : 'revoked';
  return ({ active: 'current', coming: 'future', over: 'over' } as const)[standing(licence, now)];
}

/** What was ended early was open no longer than until then. */
const barOf = (licence: Licence, all: readonly Licence[], now: number): Bar => {
  const ended =
    licence.endedAt === null ? Infinity : Math.max(licence.endedAt, licence.startsAt ?? -Infinity);
  const end = Math.min(ended, licence.endsAt ?? Infinity);
  return {
    id: licence.id,
    row: licence,
    state: stateOf(licence, all, now),
    startsAt: licence.startsAt,
    endsAt: end === Infinity ? null : end,
  };
};

/** @param byTitle of several titles: each has lines of its own */
export function lanesOf(
  licences: readonly Licence[],
  holdbacks: readonly Holdback[],
  now: number,
  byTitle: boolean,
): Lane[] {
  const bars = [
    ...licences.map((licence) => barOf(licence, licences, now)),
    ...holdbacks.map((row): Bar => ({
      id: row.id,
      row,
      state: 'held',
      startsAt: row.startsAt,
      endsAt: row.endsAt,
    })),
  ];
  const keyOf = ({ row, state }: Bar) =>
    JSON.stringify([
      byTitle ? row.titleId : '',
      state === 'held',
      row.licensorId ?? '',
      row.models.toSorted(),
      row.territories.mode,
      row.territories.countries.toSorted(),
    ]);
  return [...Map.groupBy(bars, keyOf)].map(([key, list]) => ({
    key,
    of: list[0]!.row,
    held: list[0]!.state === 'held',
    levels: stacked(list),
  }));
}
