import { and, inArray, sql } from 'drizzle-orm';
import type { Stripe } from 'stripe';
import type { Invoice } from '../../schema/api/billing.ts';
import { ledger } from '../../schema/db/books.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../platform/db.ts';
import type { Platform } from '../platform/platform.ts';
import { idOrNull } from './standing.ts';

export type Bill = Invoice & {
  paymentId: string | null;
  refunded: number;
  /** What can still be paid back: less than `amount` where credit paid a part of it. */
  left: number;
};

/**
 * A customer's bills, the latest first, those of one-off payments among them.
 * @param after in_… of the last one before; @returns `next`: that of the next page
 */
export async function bills(
  { db, stripe }: Platform,
  customer: string,
  { after, limit = 25 }: { after?: string | undefined; limit?: number },
): Promise<{ items: Bill[]; next: string | null }> {
  const page = await stripe.find((sdk) =>
    sdk.invoices.list({
      customer,
      limit,
      expand: ['data.payments'],
      ...(after === undefined ? {} : { starting_after: after }),
    }),
  );
  // Stripe does not know the customer any more, or no invoice by that id.
  if (!page) {
    if (after === undefined) return { items: [], next: null };
    throw new Problem('invalid-request', {
      detail: '/cursor: is of no list of these',
      errors: [{ pointer: '/cursor', detail: 'is of no list of these' }],
    });
  }
  const back = await refunds(
    db,
    page.data.map(paymentOf).filter((id) => id !== null),
  );
  const items = page.data.flatMap((invoice) => {
    const paymentId = paymentOf(invoice);
    const refunded = (paymentId !== null && back.get(paymentId)) || 0;
    const view = billView(invoice, refunded);
    return view === null ? [] : [{ ...view, paymentId, left: Math.max(0, invoice.amount_paid - refunded) }];
  });
  return { items, next: page.has_more ? (page.data.at(-1)?.id ?? null) : null };
}

function paymentOf({ payments }: Stripe.Invoice): string | null {
  const paid = payments?.data.find(({ status }) => status === 'paid') ?? payments?.data[0];
  return idOrNull(paid?.payment.payment_intent);
}

/** What of payments went back, by payment: as the ledger has it. */
async function refunds(db: Db, paymentIds: readonly string[]): Promise<Map<string | null, number>> {
  if (paymentIds.length === 0) return new Map();
  const rows = await db
    .select({ id: ledger.stripePaymentId, back: sql<number>`-sum(${ledger.amount})` })
    .from(ledger)
    .where(
      and(
        inArray(ledger.stripePaymentId, [...paymentIds]),
        inArray(ledger.kind, ['refund', 'refund-failed']),
      ),
    )
    .groupBy(ledger.stripePaymentId);
  return new Map(rows.map(({ id, back }) => [id, back]));
}

const told = ['open', 'paid', 'void', 'uncollectible'] as const;
/** Null: it is a draft, which nobody has been sent. */
function billView(invoice: Stripe.Invoice, refunded: number): (Invoice & { refunded: number }) | null {
  const { id } = invoice;
  const status = told.find((one) => one === invoice.status);
  if (id === undefined || status === undefined) return null;
  const [line] = invoice.lines.data;
  return {
    id,
    number: invoice.number,
    at: invoice.created * 1000,
    amount: invoice.total,
    currency: invoice.currency,
    state: status === 'paid' && refunded > 0 && refunded >= invoice.amount_paid ? 'refunded' : status,
    what: line?.description ?? invoice.description ?? '',
    url: invoice.hosted_invoice_url ?? null,
    pdf: invoice.invoice_pdf ?? null,
    refunded,
  };
}
