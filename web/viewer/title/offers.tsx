import type { OffersOfTitle } from '../../../schema/api/billing.ts';
import type { Title } from '../../../schema/api/catalog.ts';
import { to } from '../../paths.ts';
import { useHere } from '../../visit.ts';
import { OfferRow } from '../billing/offer-row.tsx';
import { partsOf } from '../billing/offers.ts';
import { useBillingWords } from '../billing/words.ts';

/** What of a title can be rented or bought, and what of it is the viewer's: plain HTML, whose buttons are forms. */
export function Offers({ title, offers }: { title: Title; offers: OffersOfTitle }) {
  const { visit } = useHere();
  const b = useBillingWords();
  const parts = partsOf(offers, title.seasons);
  if (parts.length === 0) return null;
  const large = parts.filter(({ episodeId }) => episodeId === null);
  const episodes = parts.filter(({ episodeId }) => episodeId !== null);
  const path = to('title', { slug: title.slug });
  return (
    <section class="offers" aria-labelledby="offers">
      <h2 id="offers">{b('offers.title')}</h2>
      {large.length > 0 && (
        <ul class="offers__all">
          {large.map((part) => (
            <OfferRow key={part.season} part={part} next={path} />
          ))}
        </ul>
      )}
      {episodes.length > 0 && (
        <details open={large.length === 0 && episodes.length < 4}>
          <summary>{b('offers.episodes')}</summary>
          <ul class="offers__all">
            {episodes.map((part) => (
              <OfferRow key={part.episodeId} part={part} next={to('watch', { episode: part.episodeId! })} />
            ))}
          </ul>
        </details>
      )}
      <p class="money__soft">
        {!visit.me && `${b('offers.signIn')}. `}
        {b('offers.law')} <a href={`${to('legal', { text: 'terms' })}#withdrawal`}>{b('offers.terms')}</a>
      </p>
    </section>
  );
}
