import * as v from 'valibot';
import { invalid } from './errors.ts';
import { emit } from './events.ts';
import { decimal, labelled, metadata, text, whole } from './form.ts';
import { type Account, get, newId, now } from './state.ts';
import type { Price, Product } from './stored.ts';

export const recurring = v.strictObject({
  interval: v.picklist(['day', 'week', 'month', 'year']),
  interval_count: v.optional(whole),
  usage_type: v.optional(v.literal('licensed')),
});
export const taxBehaviour = v.optional(v.picklist(['exclusive', 'inclusive', 'unspecified']));
export const productData = {
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

// A lookup key is one price's; it is taken from another only when that is said.
export function claim(account: Account, key: string | null | undefined, transfer = false): void {
  if (!key) return;
  for (const other of account.tables.price.values()) {
    if (other.lookup_key !== key) continue;
    if (!transfer) throw invalid(`A price (\`${other.id}\`) already uses that lookup key.`, 'lookup_key');
    other.lookup_key = null;
  }
}
