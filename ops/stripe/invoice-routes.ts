import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { declined, invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { accepts, clearable, decimal, labelled, metadata, page, range, text, whole, yes } from './form.ts';
import { makeItem, waiting } from './invoice-items.ts';
import { previewed, previews } from './invoice-preview.ts';
import { collect, finalize, makeInvoice, nothingOnFile, voidInvoice } from './invoices.ts';
import { listOf, within } from './list.ts';
import { defaultMethod } from './methods.ts';
import { type Route, route } from './route.ts';
import { subscriptionOf } from './standing.ts';
import { type Account, get, now } from './state.ts';
import type { Invoice } from './stored.ts';

const of = (account: Account, id: string): Invoice => get(account.tables.invoice, 'invoice', id);

function pay(
  account: Account,
  invoice: Invoice,
  params: {
    payment_method?: string | undefined;
    off_session?: boolean | undefined;
    paid_out_of_band?: boolean | undefined;
  },
): Invoice {
  if (invoice.status === 'draft') finalize(account, invoice);
  // A draft that comes to nothing is paid by being finalized.
  if (
    of(account, invoice.id).amount_remaining === 0 &&
    invoice.status_transitions.paid_at === now(account, invoice.customer)
  )
    return invoice;
  if (
    !params.payment_method &&
    !invoice.default_payment_method &&
    !defaultMethod(account, invoice.customer ?? '', subscriptionOf(account, invoice))
  )
    throw nothingOnFile();
  const outcome = collect(account, invoice, params.payment_method ?? null, {
    offSession: params.off_session ?? true,
  });
  if (outcome.state === 'declined') throw outcome.refusal;
  if (outcome.state === 'action')
    throw declined({
      code: 'invoice_payment_intent_requires_action',
      message: 'This payment requires additional user action before it can be completed successfully.',
    });
  return invoice;
}

export const invoiceRoutes: Route[] = [
  route(
    'POST',
    '/v1/invoices',
    accepts<Stripe.InvoiceCreateParams>()({
      auto_advance: v.optional(yes),
      currency: v.optional(text),
      customer: text,
      default_payment_method: v.optional(text),
      description: v.optional(text),
      metadata: v.optional(metadata),
      pending_invoice_items_behavior: v.optional(v.picklist(['exclude', 'include'])),
      subscription: v.optional(text),
    }),
    (account, params) => {
      const customer = get(account.tables.customer, 'customer', params.customer, 'customer');
      const subscription = params.subscription
        ? get(account.tables.subscription, 'subscription', params.subscription, 'subscription')
        : null;
      const all =
        params.pending_invoice_items_behavior === 'exclude'
          ? []
          : waiting(account, customer.id, subscription?.id ?? null);
      const [first] = all;
      const item = first?.invoiceItem ? account.tables.invoiceitem.get(first.invoiceItem) : undefined;
      const at = now(account, customer.id);
      const invoice = makeInvoice(
        account,
        {
          customer,
          subscription,
          reason: 'manual',
          currency: params.currency ?? item?.currency ?? customer.currency ?? 'usd',
          lines: all,
          discounts: [],
          automaticTax: false,
          period: { start: at, end: at },
          metadata: labelled(null, params.metadata),
          description: params.description ?? null,
        },
        params.auto_advance ?? false,
      );
      invoice.default_payment_method = params.default_payment_method ?? null;
      return invoice;
    },
  ),
  route('POST', '/v1/invoices/create_preview', previews, previewed),
  route('GET', '/v1/invoices/:id', v.strictObject({}), (account, _, id) => of(account, id)),
  route(
    'POST',
    '/v1/invoices/:id',
    accepts<Stripe.InvoiceUpdateParams>()({
      auto_advance: v.optional(yes),
      default_payment_method: v.optional(text),
      description: v.optional(clearable),
      metadata: v.optional(metadata),
    }),
    (account, { metadata: labels, ...rest }, id) =>
      change(account, 'invoice.updated', of(account, id), (invoice) => {
        Object.assign(invoice, rest, { metadata: labelled(invoice.metadata, labels) });
        if (rest.auto_advance && invoice.status === 'draft')
          invoice.automatically_finalizes_at = now(account, invoice.customer) + 3600;
      }),
  ),
  route('DELETE', '/v1/invoices/:id', v.strictObject({}), (account, _, id) => {
    const invoice = of(account, id);
    if (invoice.status !== 'draft' || invoice.parent)
      throw invalid('You can only delete draft invoices that are not of a subscription.');
    account.tables.invoice.delete(id);
    for (const item of account.tables.invoiceitem.values()) if (item.invoice === id) item.invoice = null;
    emit(account, 'invoice.deleted', invoice);
    return { id, object: 'invoice', deleted: true };
  }),
  route(
    'POST',
    '/v1/invoices/:id/finalize',
    accepts<Stripe.InvoiceFinalizeInvoiceParams>()({ auto_advance: v.optional(yes) }),
    (account, _, id) => finalize(account, of(account, id)),
  ),
  route(
    'POST',
    '/v1/invoices/:id/pay',
    accepts<Stripe.InvoicePayParams>()({
      off_session: v.optional(yes),
      payment_method: v.optional(text),
    }),
    (account, params, id) => pay(account, of(account, id), params),
  ),
  route('POST', '/v1/invoices/:id/void', v.strictObject({}), (account, _, id) =>
    voidInvoice(account, of(account, id)),
  ),
  route('POST', '/v1/invoices/:id/mark_uncollectible', v.strictObject({}), (account, _, id) =>
    voidInvoice(account, of(account, id), 'uncollectible'),
  ),
  // Lines stand in the order of the invoice, unlike every other list.
  route('GET', '/v1/invoices/:id/lines', v.strictObject(page), (account, params, id) =>
    listOf(`/v1/invoices/${id}/lines`, of(account, id).lines.data.toReversed(), params),
  ),
  route(
    'GET',
    '/v1/invoices',
    accepts<Stripe.InvoiceListParams>()({
      ...page,
      created: range,
      customer: v.optional(text),
      status: v.optional(v.picklist(['draft', 'open', 'paid', 'uncollectible', 'void'])),
      subscription: v.optional(text),
      collection_method: v.optional(text),
    }),
    (account, params) =>
      listOf(
        '/v1/invoices',
        [...account.tables.invoice.values()].filter(
          (one) =>
            (!params.customer || one.customer === params.customer) &&
            (!params.status || one.status === params.status) &&
            (!params.subscription ||
              one.parent?.subscription_details?.subscription === params.subscription) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
  route(
    'POST',
    '/v1/invoiceitems',
    accepts<Stripe.InvoiceItemCreateParams>()({
      amount: v.optional(whole),
      currency: v.optional(text),
      customer: text,
      description: v.optional(text),
      discountable: v.optional(yes),
      metadata: v.optional(metadata),
      pricing: v.optional(v.strictObject({ price: text })),
      quantity: v.optional(whole),
      subscription: v.optional(text),
      unit_amount_decimal: v.optional(decimal),
    }),
    (account, params) => {
      const customer = get(account.tables.customer, 'customer', params.customer, 'customer');
      const price = params.pricing
        ? get(account.tables.price, 'price', params.pricing.price, 'pricing[price]')
        : null;
      const quantity = params.quantity ?? 1;
      const amount =
        params.amount ?? Math.round((params.unit_amount_decimal ?? price?.unit_amount ?? 0) * quantity);
      const at = now(account, customer.id);
      const currency = params.currency?.toLowerCase() ?? price?.currency ?? customer.currency;
      if (!currency) throw invalid('Missing required param: currency.', 'currency', 'parameter_missing');
      return makeItem(account, {
        amount,
        description: params.description ?? '',
        period: { start: at, end: at },
        price,
        quantity,
        discountable: params.discountable ?? amount > 0,
        proration: false,
        item: null,
        metadata: labelled(null, params.metadata),
        customer: customer.id,
        subscription: params.subscription ?? null,
        currency,
      });
    },
  ),
  route('GET', '/v1/invoiceitems/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.invoiceitem, 'invoiceitem', id),
  ),
  route(
    'GET',
    '/v1/invoiceitems',
    accepts<Stripe.InvoiceItemListParams>()({
      ...page,
      created: range,
      customer: v.optional(text),
      invoice: v.optional(text),
      pending: v.optional(yes),
    }),
    (account, params) =>
      listOf(
        '/v1/invoiceitems',
        [...account.tables.invoiceitem.values()].filter(
          (one) =>
            (!params.customer || one.customer === params.customer) &&
            (!params.invoice || one.invoice === params.invoice) &&
            (params.pending === undefined || params.pending === (one.invoice === null)),
        ),
        params,
      ),
  ),
  route('GET', '/v1/invoice_payments/:id', v.strictObject({}), (account, _, id) =>
    get(account.tables.invoice_payment, 'invoice_payment', id),
  ),
  route(
    'GET',
    '/v1/invoice_payments',
    accepts<Stripe.InvoicePaymentListParams>()({
      ...page,
      created: range,
      invoice: v.optional(text),
      payment: v.optional(
        v.strictObject({
          type: v.picklist(['charge', 'payment_intent', 'payment_record']),
          payment_intent: v.optional(text),
          payment_record: v.optional(text),
        }),
      ),
      status: v.optional(v.picklist(['canceled', 'open', 'paid'])),
    }),
    (account, params) =>
      listOf(
        '/v1/invoice_payments',
        [...account.tables.invoice_payment.values()].filter(
          (one) =>
            (!params.invoice || one.invoice === params.invoice) &&
            (!params.status || one.status === params.status) &&
            (!params.payment || one.payment.payment_intent === params.payment.payment_intent) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
];
