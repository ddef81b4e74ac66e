import type { Invoice } from '../../../schema/api/billing.ts';
import { to } from '../../paths.ts';
import { useHere } from '../../visit.ts';
import { cost, date, useBillingWords } from './words.ts';

/** What was asked and paid, from Stripe. `null`: Stripe does not answer. */
export function InvoiceList({
  invoices,
}: {
  invoices: { items: readonly Invoice[]; next: string | null } | null;
}) {
  const here = useHere();
  const b = useBillingWords();
  if (!invoices) return <p>{b('invoices.away')}</p>;
  const { items, next } = invoices;
  if (items.length === 0) return <p>{b('invoices.none')}</p>;
  return (
    <>
      <div class="money__table">
        <table>
          <thead>
            <tr>
              <th scope="col">{b('invoices.date')}</th>
              <th scope="col">{b('invoices.what')}</th>
              <th scope="col">{b('invoices.amount')}</th>
              <th scope="col">{b('invoices.state')}</th>
              <th scope="col">
                <span class="only-heard">{b('invoices.see')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <td>{date(here, one.at)}</td>
                <td>{one.what}</td>
                <td class="money__amount">{cost(here, one)}</td>
                <td>{b(`invoice.${one.state}`)}</td>
                <td>
                  <Links of={one} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next && (
        <a href={`${to('billing')}?invoices=${encodeURIComponent(next)}#invoices`}>{b('invoices.older')}</a>
      )}
    </>
  );
}

function Links({ of: { id, number, url, pdf } }: { of: Invoice }) {
  const b = useBillingWords();
  const name = b('invoices.of', { number: number ?? id });
  return (
    <>
      {url && (
        <a href={url} rel="noreferrer" aria-label={`${b('invoices.see')}: ${name}`}>
          {b('invoices.see')}
        </a>
      )}
      {url && pdf && ' · '}
      {pdf && (
        <a href={pdf} rel="noreferrer" aria-label={`${b('invoices.pdf')}: ${name}`}>
          {b('invoices.pdf')}
        </a>
      )}
    </>
  );
}
