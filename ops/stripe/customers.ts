import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { change, emit } from './events.ts';
import { accepts, clearable, labelled, metadata, page, range, text, whole } from './form.ts';
import { listOf, within } from './list.ts';
import { route, type Route } from './route.ts';
import { get, newId, now, type Account } from './state.ts';
import { end } from './ending.ts';
import { attach, methodOf } from './methods.ts';
import type { Address, Customer } from './stored.ts';

const lines = {
  city: v.optional(clearable),
  country: v.optional(clearable),
  line1: v.optional(clearable),
  line2: v.optional(clearable),
  postal_code: v.optional(clearable),
  state: v.optional(clearable),
};
export const address = v.union([
  v.strictObject(lines),
  v.pipe(
    v.literal(''),
    v.transform(() => null),
  ),
]);
export const addressOf = (given: v.InferOutput<typeof address>): Address | null =>
  given && {
    city: given.city ?? null,
    country: given.country ?? null,
    line1: given.line1 ?? null,
    line2: given.line2 ?? null,
    postal_code: given.postal_code ?? null,
    state: given.state ?? null,
  };

const taken = {
  address: v.optional(address),
  balance: v.optional(whole),
  description: v.optional(clearable),
  email: v.optional(clearable),
  invoice_settings: v.optional(
    v.strictObject({ default_payment_method: v.optional(clearable), footer: v.optional(clearable) }),
  ),
  metadata: v.optional(metadata),
  name: v.optional(clearable),
  phone: v.optional(clearable),
  preferred_locales: v.optional(v.array(text)),
  tax: v.optional(v.strictObject({ ip_address: v.optional(clearable), validate_location: v.optional(text) })),
  tax_exempt: v.optional(v.picklist(['exempt', 'none', 'reverse'])),
};
const creates = accepts<Stripe.CustomerCreateParams>()({
  ...taken,
  payment_method: v.optional(text),
  test_clock: v.optional(text),
});
type NewCustomer = v.InferOutput<typeof creates>;

function fill(
  account: Account,
  customer: Customer,
  given: Omit<NewCustomer, 'payment_method' | 'test_clock'>,
): void {
  const { address: lives, invoice_settings, metadata: labels, tax, ...rest } = given;
  Object.assign(
    customer,
    Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  );
  if (lives !== undefined) customer.address = addressOf(lives);
  customer.metadata = labelled(customer.metadata, labels);
  if (invoice_settings?.default_payment_method !== undefined) {
    const method = invoice_settings.default_payment_method;
    if (method) {
      const found = get(
        account.tables.payment_method,
        'PaymentMethod',
        method,
        'invoice_settings[default_payment_method]',
      );
      if (found.customer !== customer.id)
        get(new Map<string, never>(), 'PaymentMethod', method, 'invoice_settings[default_payment_method]');
    }
    customer.invoice_settings.default_payment_method = method;
  }
  if (invoice_settings?.footer !== undefined) customer.invoice_settings.footer = invoice_settings.footer;
  const country = customer.address?.country;
  customer.tax = {
    automatic_tax: country ? 'supported' : 'unrecognized_location',
    ip_address: tax?.ip_address ?? customer.tax?.ip_address ?? null,
    location: country ? { country, source: 'billing_address', state: customer.address?.state ?? null } : null,
    provider: 'stripe',
  };
}

export function makeCustomer(account: Account, given: NewCustomer): Customer {
  if (given.test_clock)
    get(account.tables['test_helpers.test_clock'], 'test clock', given.test_clock, 'test_clock');
  const { payment_method, test_clock, ...rest } = given;
  const id = newId('cus', 14);
  const customer: Customer = {
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: test_clock ?? null,
  };
  account.tables.customer.set(id, customer);
  customer.created = now(account, id);
  // A test card's name stands for the card that it becomes, here and in the invoice settings.
  const method = payment_method && attach(account, methodOf(account, payment_method), id).id;
  const chosen = rest.invoice_settings?.default_payment_method;
  if (method && chosen === payment_method)
    rest.invoice_settings = { ...rest.invoice_settings, default_payment_method: method };
  fill(account, customer, rest);
  emit(account, 'customer.created', customer);
  return customer;
}

export const customerRoutes: Route[] = [
  route('POST', '/v1/customers', creates, (account, params) => makeCustomer(account, params)),
  route('GET', '/v1/customers/:id', v.strictObject({}), (account, _, id) =>
    account.tables.gone.has(id)
      ? { id, object: 'customer', deleted: true }
      : get(account.tables.customer, 'customer', id),
  ),
  route('POST', '/v1/customers/:id', accepts<Stripe.CustomerUpdateParams>()(taken), (account, params, id) =>
    change(account, 'customer.updated', get(account.tables.customer, 'customer', id), (customer) =>
      fill(account, customer, params),
    ),
  ),
  route('DELETE', '/v1/customers/:id', v.strictObject({}), (account, _, id) => {
    const customer = get(account.tables.customer, 'customer', id);
    for (const subscription of account.tables.subscription.values())
      if (subscription.customer === id) end(account, subscription);
    account.tables.customer.delete(id);
    account.tables.gone.set(id, true);
    emit(account, 'customer.deleted', customer);
    return { id, object: 'customer', deleted: true };
  }),
  route(
    'GET',
    '/v1/customers',
    accepts<Stripe.CustomerListParams>()({
      ...page,
      created: range,
      email: v.optional(text),
      test_clock: v.optional(text),
    }),
    (account, params) =>
      listOf(
        '/v1/customers',
        [...account.tables.customer.values()].filter(
          (one) =>
            (!params.email || one.email === params.email) &&
            // Those of a test clock are listed only with it (https://docs.stripe.com/billing/testing/test-clocks).
            (one.test_clock ?? undefined) === params.test_clock &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
];
