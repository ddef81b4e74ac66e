import type { ComponentChildren } from 'preact';
import type { Facets } from '../../../schema/api/catalog.ts';
import { cours } from '../../../schema/catalog-terms.ts';
import { Icon } from '../../ui/icon.tsx';
import { useHere } from '../../visit.ts';
import { useSiteWords } from '../site/words.ts';
import { changed, filterKeys, type Filter, type FilterKey } from './filter.ts';
import { filterLabel } from './labels.ts';

type Narrowing = {
  filter: Filter;
  facets: Facets;
  /** The address of the same list with another filter. */
  address: (filter: Filter) => string;
};
type Value = { value: string; label: string; count: number | null };

/** Values that a facet shows before it is asked for all. */
const SHOWN = 8;

/** What is chosen, each with a link that takes it away. */
export function Chips({ filter, address }: Omit<Narrowing, 'facets'>) {
  const here = useHere();
  const s = useSiteWords();
  const chosen = filterKeys.filter((key) => filter[key] !== undefined);
  if (chosen.length === 0) return null;
  return (
    <ul class="chips" aria-label={s('browse.chosen')}>
      {chosen.map((key) => {
        const label = filterLabel(here, s, key, filter[key]!);
        return (
          <li key={key}>
            <a
              class="chip"
              href={address(changed(filter, key, null))}
              aria-label={s('browse.remove', { filter: label })}
            >
              {key === 'audio' || key === 'subtitle' ? `${s(`facet.${key}`)} ${label}` : label}
              <Icon name="cross" size={14} />
            </a>
          </li>
        );
      })}
      {chosen.length > 1 && (
        <li>
          <a class="chip chip--clear" href={address({})}>
            {s('browse.clear')}
          </a>
        </li>
      )}
    </ul>
  );
}

/** What the list can be narrowed by further: links that say how many titles are left, so that it works without script. */
export function FacetPanel({
  filter,
  facets,
  address,
  children,
}: Narrowing & { children?: ComponentChildren }) {
  const s = useSiteWords();
  const offered = filterKeys
    .map((key) => [key, values(key, facets, filter)] as const)
    .filter(([key, all]) => all.length > (filter[key] === undefined ? 1 : 0));
  const chosen = filterKeys.filter((key) => filter[key] !== undefined).length;
  return (
    <details class="facets" data-wide-open>
      <summary class="facets__summary">
        {s('browse.filters')}
        {chosen > 0 && <span class="facets__count">{chosen}</span>}
      </summary>
      <div class="facets__body">
        {children}
        {offered.map(([key, all], i) => (
          <details key={key} class="facet" open={i < 2 || filter[key] !== undefined}>
            <summary>{s(`facet.${key}`)}</summary>
            <FacetValues name={key} all={all} filter={filter} address={address} />
          </details>
        ))}
      </div>
    </details>
  );
}

function FacetValues({
  name,
  all,
  filter,
  address,
}: { name: FilterKey; all: readonly Value[] } & Omit<Narrowing, 'facets'>) {
  const s = useSiteWords();
  const list = (some: readonly Value[]) => (
    <ul class="facet__values">
      {some.map((value) => (
        <FacetValue key={value.value} name={name} value={value} filter={filter} address={address} />
      ))}
    </ul>
  );
  if (all.length <= SHOWN + 2) return list(all);
  return (
    <>
      {list(all.slice(0, SHOWN))}
      <details class="facet__more">
        <summary>{s('browse.moreValues', { count: all.length })}</summary>
        {list(all.slice(SHOWN))}
      </details>
    </>
  );
}

function FacetValue({
  name,
  value: { value, label, count },
  filter,
  address,
}: { name: FilterKey; value: Value } & Omit<Narrowing, 'facets'>) {
  const here = useHere();
  const s = useSiteWords();
  const chosen = filter[name] === value;
  const words = filterLabel(here, s, name, value);
  return (
    <li>
      <a
        href={address(changed(filter, name, chosen ? null : value))}
        rel="nofollow"
        {...(chosen ? { 'aria-current': 'true' as const } : {})}
      >
        <span>{words === value ? label : words}</span>
        {count !== null && <span class="facet__count">{count.toLocaleString(here.visit.language)}</span>}
      </a>
    </li>
  );
}

/** A cour is offered once a year is chosen; the API counts none of them. */
function values(key: FilterKey, facets: Facets, filter: Filter): readonly Value[] {
  if (key !== 'cour') return facets[key];
  return filter.year ? cours.map((value) => ({ value, label: value, count: null })) : [];
}
