import { everyFacet } from '../catalog/every-facet.ts';
import type { Facets } from '../../schema/api/catalog.ts';
import { facetKinds } from '../../schema/db/catalog.ts';
import {
  facetsOf,
  foldWord,
  wantedFacets,
  type Facet,
  type FacetKind,
  type Filter,
} from '../catalog/facets.ts';
import type { Found } from './find.ts';

/** Of each facet at most so many values, as lists of titles have. */
const VALUES = 60;

const languages = (kind: FacetKind, all: readonly string[]): Facet[] =>
  all.map((label) => ({ kind, value: foldWord(label), label }));

/**
 * Of all that was found, what passes the filter; and of each facet how many titles each value would give, counted as if it were not
 * filtered by that facet itself, so that one sees what another choice would give. As `GET /api/facets` counts.
 */
export function narrow(found: readonly Found[], filter: Filter): { kept: Found[]; facets: Facets } {
  const wanted = wantedFacets(filter, facetKinds);
  const counts = new Map<FacetKind, Map<string, { value: string; label: string; count: number }>>();
  const kept: Found[] = [];
  for (const one of found) {
    const { row } = one;
    const has = [
      ...[...facetsOf(row).values()].flat(),
      ...languages('audio', row.audio),
      ...languages('subtitle', row.subtitles),
    ];
    const lacking = new Set(
      wanted
        .filter(([kind, value]) => !has.some((facet) => facet.kind === kind && facet.value === value))
        .map(([kind]) => kind),
    );
    if (lacking.size === 0) kept.push(one);
    for (const { kind, value, label } of has) {
      if (lacking.size > 1 || (lacking.size === 1 && !lacking.has(kind))) continue;
      const values = counts.get(kind) ?? new Map<string, { value: string; label: string; count: number }>();
      const counted = values.get(value) ?? { value, label, count: 0 };
      counted.count += 1;
      counts.set(kind, values.set(value, counted));
    }
  }
  const of = (kind: FacetKind) =>
    [...(counts.get(kind)?.values() ?? [])]
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, VALUES);
  return {
    kept,
    facets: everyFacet(of),
  };
}
