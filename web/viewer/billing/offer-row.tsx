import { signInThen } from '../../paths.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { useHere } from '../../visit.ts';
import { ActForm } from './act-form.tsx';
import type { OfferedPart } from './offers.ts';
import { cost, partName, standsAt, terms, useBillingWords } from './words.ts';

/**
 * What a part of a title costs to rent or to buy, with its terms at each button; or how long it is the viewer's.
 * @param next where to go on after paying
 */
export function OfferRow({ part, next }: { part: OfferedPart; next: string }) {
  const here = useHere();
  const b = useBillingWords();
  const name = partName(here, part, part.number) ?? b('offers.whole');
  return (
    <li class="offer">
      <span class="offer__name">{name}</span>
      {part.mine && (
        <span class="offer__mine">
          <strong class="tag">{b('offers.mine')}</strong> {standsAt(here, part.mine).text}
        </span>
      )}
      {part.offers
        .filter(({ kind }) => !part.mine || (kind === 'purchase' && part.mine.kind === 'rental'))
        .map((offer) => {
          const label = b(offer.kind === 'rental' ? 'offers.rent' : 'offers.buy', {
            amount: cost(here, offer),
          });
          const id = `terms-${offer.id}`;
          return (
            <span key={offer.id} class="offer__way">
              {here.visit.me ? (
                <ActForm
                  act="checkout"
                  values={{ offerId: offer.id, next }}
                  look="outline"
                  small
                  label={label}
                  described={id}
                />
              ) : (
                <ButtonLink
                  look="outline"
                  small
                  href={signInThen(`${here.visit.path}#offers`)}
                  aria-describedby={id}
                >
                  {label}
                </ButtonLink>
              )}
              <span id={id} class="money__soft">
                {terms(here, offer)} {b('tax')}
              </span>
            </span>
          );
        })}
    </li>
  );
}
