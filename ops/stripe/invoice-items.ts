import { emit } from './events.ts';
import type { NewLine } from './invoice-draft.ts';
import { type Account, newId, now } from './state.ts';
import type { InvoiceItem } from './stored.ts';

/** Waits for the next invoice: what a customer owes, or has to get back. */
export function makeItem(
  account: Account,
  given: Pick<
    NewLine,
    | 'amount'
    | 'description'
    | 'period'
    | 'price'
    | 'quantity'
    | 'discountable'
    | 'proration'
    | 'metadata'
    | 'item'
  > & {
    customer: string;
    subscription: string | null;
    currency: string;
  },
): InvoiceItem {
  const item: InvoiceItem = {
    id: newId('ii'),
    object: 'invoiceitem',
    amount: given.amount,
    currency: given.currency,
    customer: given.customer,
    customer_account: null,
    date: now(account, given.customer),
    description: given.description,
    discountable: given.discountable,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: given.metadata,
    parent: given.subscription
      ? {
          subscription_details: {
            subscription: given.subscription,
            ...(given.item && { subscription_item: given.item }),
          },
          type: 'subscription_details',
        }
      : null,
    period: given.period,
    pricing: given.price
      ? {
          price_details: { price: given.price.id, product: given.price.product },
          type: 'price_details',
          unit_amount_decimal: given.price.unit_amount_decimal,
        }
      : null,
    proration: given.proration,
    quantity: given.quantity,
    quantity_decimal: String(given.quantity),
    tax_rates: [],
    test_clock: account.tables.customer.get(given.customer)?.test_clock ?? null,
  };
  account.tables.invoiceitem.set(item.id, item);
  emit(account, 'invoiceitem.created', item);
  return item;
}

/** What waits for a customer's next invoice, or for that of one subscription. */
export const waiting = (account: Account, customer: string, subscription: string | null): NewLine[] =>
  [...account.tables.invoiceitem.values()]
    .filter((one) => one.customer === customer && one.invoice === null)
    .filter((one) => (one.parent?.subscription_details?.subscription ?? null) === subscription)
    .map((one) => ({
      amount: one.amount,
      description: one.description ?? '',
      period: one.period,
      price: account.tables.price.get(one.pricing?.price_details?.price ?? '') ?? null,
      quantity: one.quantity,
      discountable: one.discountable,
      proration: one.proration,
      item: one.parent?.subscription_details?.subscription_item ?? null,
      invoiceItem: one.id,
      metadata: one.metadata ?? {},
    }));
