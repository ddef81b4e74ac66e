import * as v from 'valibot';
import type { Stripe } from 'stripe';
import { change, emit } from './events.ts';
import { invalid } from './errors.ts';
import {
  accepts,
  clearable,
  decimal,
  expand,
  labelled,
  metadata,
  page,
  range,
  text,
  whole,
  yes,
} from './form.ts';
import { listOf, within } from './list.ts';
import { route, type Route } from './route.ts';
import { get, newId, now, type Account } from './state.ts';
import type { Price, Product } from './stored.ts';

const recurring = v.strictObject({
  interval: v.picklist(['day', 'week', 'month', 'year']),
  interval_count: v.optional(whole),
  usage_type: v.optional(v.literal('licensed')),
});
const taxBehaviour = v.optional(v.picklist(['exclusive', 'inclusive', 'unspecified']));
const images = v.optional(v.union([v.array(text), v.literal('')]));

const productData = {
  name: text,
  description: v.optional(text),
  images: v.optional(v.array(text)),
  metadata: v.optional(metadata),
  tax_code: v.optional(text),
  unit_label: v.optional(text),
};
/** A price that is made with what it is for. */
export const priceData = v.strictObject({
  currency: text,
  product: v.optional(text),
  product_data: v.optional(v.strictObject(productData)),
  recurring: v.optional(recurring),
  tax_behavior: taxBehaviour,
  unit_amount: v.optional(whole),
  unit_amount_decimal: v.optional(decimal),
});
export type PriceData = v.InferOutput<typeof priceData>;

type NewProduct = v.InferOutput<v.StrictObjectSchema<typeof productData, undefined>> & {
  id?: string | undefined;
  active?: boolean | undefined;
  statement_descriptor?: string | undefined;
  url?: string | undefined;
};

export function makeProduct(account: Account, given: NewProduct): Product {
  const { product } = account.tables;
  const id = given.id ?? newId('prod', 14);
  if (product.has(id)) throw invalid(`Product already exists.`, 'id', 'resource_already_exists');
  const at = now(account);
  const made: Product = {
    id,
    object: 'product',
    active: given.active ?? true,
    created: at,
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: labelled(null, given.metadata),
    name: given.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: given.statement_descriptor ?? null,
    tax_code: given.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: given.unit_label ?? null,
    updated: at,
    url: given.url ?? null,
  };
  product.set(id, made);
  emit(account, 'product.created', made);
  return made;
}

type NewPrice = Omit<PriceData, 'product' | 'product_data'> & {
  product: string;
  active?: boolean | undefined;
  nickname?: string | undefined;
  lookup_key?: string | undefined;
  metadata?: Record<string, string> | null | undefined;
};

export function makePrice(account: Account, given: NewPrice): Price {
  const amount = given.unit_amount ?? given.unit_amount_decimal;
  if (amount === undefined)
    throw invalid('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  if (!/^[a-zA-Z]{3}$/.test(given.currency)) throw invalid(`Invalid currency: ${given.currency}`, 'currency');
  get(account.tables.product, 'product', given.product, 'product');
  const price: Price = {
    id: newId('price'),
    object: 'price',
    active: given.active ?? true,
    billing_scheme: 'per_unit',
    created: now(account),
    currency: given.currency.toLowerCase(),
    custom_unit_amount: null,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: labelled(null, given.metadata),
    nickname: given.nickname ?? null,
    product: given.product,
    recurring: given.recurring
      ? {
          interval: given.recurring.interval,
          interval_count: given.recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: 'licensed',
        }
      : null,
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: given.recurring ? 'recurring' : 'one_time',
    unit_amount: Number.isInteger(amount) ? amount : null,
    unit_amount_decimal: String(amount),
  };
  account.tables.price.set(price.id, price);
  emit(account, 'price.created', price);
  return price;
}

/** `price`, or `price_data` made into one. */
export function priceOf(
  account: Account,
  given: { price?: string | undefined; price_data?: PriceData | undefined },
  param: string,
): Price {
  if (given.price) {
    const found = get(account.tables.price, 'price', given.price, `${param}[price]`);
    if (!found.active)
      throw invalid(
        `The price specified is inactive. This field only accepts active prices.`,
        `${param}[price]`,
      );
    return found;
  }
  const data = given.price_data;
  if (!data)
    throw invalid(`Missing required param: ${param}[price].`, `${param}[price]`, 'parameter_missing');
  const { product, product_data, ...rest } = data;
  if (!product && !product_data)
    throw invalid(
      `You must specify either product or product_data.`,
      `${param}[price_data][product]`,
      'parameter_missing',
    );
  const of = product ?? (product_data ? makeProduct(account, product_data).id : '');
  // Such a price is for this once: Stripe keeps it inactive.
  return makePrice(account, { ...rest, product: of, active: false });
}

export const catalogueRoutes: Route[] = [
  route(
    'POST',
    '/v1/products',
    accepts<Stripe.ProductCreateParams>()({
      ...productData,
      id: v.optional(text),
      active: v.optional(yes),
      default_price_data: v.optional(
        v.strictObject({
          currency: text,
          recurring: v.optional(recurring),
          tax_behavior: taxBehaviour,
          unit_amount: v.optional(whole),
          unit_amount_decimal: v.optional(decimal),
          metadata: v.optional(metadata),
        }),
      ),
      statement_descriptor: v.optional(text),
      url: v.optional(text),
      expand,
    }),
    (account, params) => {
      const made = makeProduct(account, params);
      if (params.default_price_data)
        made.default_price = makePrice(account, { ...params.default_price_data, product: made.id }).id;
      return made;
    },
  ),
  route('GET', '/v1/products/:id', v.strictObject({ expand }), (account, _, id) =>
    get(account.tables.product, 'product', id),
  ),
  route(
    'POST',
    '/v1/products/:id',
    accepts<Stripe.ProductUpdateParams>()({
      name: v.optional(text),
      active: v.optional(yes),
      default_price: v.optional(text),
      description: v.optional(clearable),
      images,
      metadata: v.optional(metadata),
      statement_descriptor: v.optional(text),
      tax_code: v.optional(clearable),
      unit_label: v.optional(clearable),
      url: v.optional(clearable),
      expand,
    }),
    (account, { expand: _, metadata: labels, images: pictures, ...rest }, id) =>
      change(account, 'product.updated', get(account.tables.product, 'product', id), (product) => {
        Object.assign(product, rest, { metadata: labelled(product.metadata, labels), updated: now(account) });
        if (pictures !== undefined) product.images = pictures || [];
      }),
  ),
  route('DELETE', '/v1/products/:id', v.strictObject({}), (account, _, id) => {
    const product = get(account.tables.product, 'product', id);
    if ([...account.tables.price.values()].some((price) => price.product === id))
      throw invalid('This product cannot be deleted because it has one or more user-created prices.');
    account.tables.product.delete(id);
    emit(account, 'product.deleted', product);
    return { id, object: 'product', deleted: true };
  }),
  route(
    'GET',
    '/v1/products',
    accepts<Stripe.ProductListParams>()({
      ...page,
      active: v.optional(yes),
      created: range,
      ids: v.optional(v.array(text)),
      url: v.optional(text),
    }),
    (account, params) =>
      listOf(
        '/v1/products',
        [...account.tables.product.values()].filter(
          (one) =>
            (params.active === undefined || one.active === params.active) &&
            (!params.ids || params.ids.includes(one.id)) &&
            (!params.url || one.url === params.url) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
  route(
    'POST',
    '/v1/prices',
    accepts<Stripe.PriceCreateParams>()({
      currency: text,
      product: v.optional(text),
      product_data: v.optional(
        v.strictObject({
          name: text,
          active: v.optional(yes),
          id: v.optional(text),
          metadata: v.optional(metadata),
          statement_descriptor: v.optional(text),
          tax_code: v.optional(text),
          unit_label: v.optional(text),
        }),
      ),
      recurring: v.optional(recurring),
      tax_behavior: taxBehaviour,
      unit_amount: v.optional(whole),
      unit_amount_decimal: v.optional(decimal),
      active: v.optional(yes),
      nickname: v.optional(text),
      lookup_key: v.optional(text),
      transfer_lookup_key: v.optional(yes),
      metadata: v.optional(metadata),
      billing_scheme: v.optional(v.literal('per_unit')),
      expand,
    }),
    (account, params) => {
      const product = params.product ?? (params.product_data && makeProduct(account, params.product_data).id);
      if (!product) throw invalid('Missing required param: product.', 'product', 'parameter_missing');
      claim(account, params.lookup_key, params.transfer_lookup_key);
      return makePrice(account, { ...params, product });
    },
  ),
  route('GET', '/v1/prices/:id', v.strictObject({ expand }), (account, _, id) =>
    get(account.tables.price, 'price', id),
  ),
  route(
    'POST',
    '/v1/prices/:id',
    accepts<Stripe.PriceUpdateParams>()({
      active: v.optional(yes),
      nickname: v.optional(clearable),
      lookup_key: v.optional(clearable),
      transfer_lookup_key: v.optional(yes),
      tax_behavior: taxBehaviour,
      metadata: v.optional(metadata),
      expand,
    }),
    (account, { expand: _, metadata: labels, transfer_lookup_key, ...rest }, id) => {
      const price = get(account.tables.price, 'price', id);
      if (rest.lookup_key !== price.lookup_key) claim(account, rest.lookup_key, transfer_lookup_key);
      return change(account, 'price.updated', price, () => {
        Object.assign(price, rest, { metadata: labelled(price.metadata, labels) });
      });
    },
  ),
  route(
    'GET',
    '/v1/prices',
    accepts<Stripe.PriceListParams>()({
      ...page,
      active: v.optional(yes),
      created: range,
      currency: v.optional(text),
      lookup_keys: v.optional(v.array(text)),
      product: v.optional(text),
      type: v.optional(v.picklist(['one_time', 'recurring'])),
      recurring: v.optional(v.strictObject({ interval: v.optional(text) })),
    }),
    (account, params) =>
      listOf(
        '/v1/prices',
        [...account.tables.price.values()].filter(
          (one) =>
            (params.active === undefined || one.active === params.active) &&
            (!params.currency || one.currency === params.currency) &&
            (!params.lookup_keys || params.lookup_keys.includes(one.lookup_key ?? '')) &&
            (!params.product || one.product === params.product) &&
            (!params.type || one.type === params.type) &&
            (!params.recurring?.interval || one.recurring?.interval === params.recurring.interval) &&
            within(params.created, one.created),
        ),
        params,
      ),
  ),
];

// A lookup key is one price's; it is taken from another only when that is said.
function claim(account: Account, key: string | null | undefined, transfer = false): void {
  if (!key) return;
  for (const other of account.tables.price.values()) {
    if (other.lookup_key !== key) continue;
    if (!transfer) throw invalid(`A price (\`${other.id}\`) already uses that lookup key.`, 'lookup_key');
    other.lookup_key = null;
  }
}
