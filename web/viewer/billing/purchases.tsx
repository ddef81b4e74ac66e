import type { OwnPurchase } from '../../../schema/api/billing.ts';
import { to } from '../../paths.ts';
import { useHere } from '../../visit.ts';
import { partName, standsAt, useBillingWords } from './words.ts';

/** What was rented and bought, with the time that is left; what is over stands behind a fold. */
export function Purchases({ purchases }: { purchases: readonly OwnPurchase[] }) {
  const here = useHere();
  const b = useBillingWords();
  const rows = purchases.map((of) => ({ of, ...standsAt(here, of) }));
  const open = rows.filter((row) => row.open);
  const past = rows.filter((row) => !row.open);
  return (
    <>
      {open.length === 0 && <p>{b('bought.none')}</p>}
      <Rows rows={open} />
      {past.length > 0 && (
        <details>
          <summary>{b('bought.past')}</summary>
          <Rows rows={past} />
        </details>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly { of: OwnPurchase; text: string }[] }) {
  const here = useHere();
  if (rows.length === 0) return null;
  return (
    <ul class="money__list">
      {rows.map(({ of, text }) => {
        const part = partName(here, of, of.episodeNumber);
        return (
          <li key={of.id}>
            <a
              href={
                of.episodeId ? to('watch', { episode: of.episodeId }) : to('title', { slug: of.titleSlug })
              }
            >
              {of.titleName}
              {part && `, ${part}`}
            </a>
            <span class="money__soft">{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
