import type { Stripe } from 'stripe';
import * as v from 'valibot';
import { invalid } from './errors.ts';
import { change, emit } from './events.ts';
import { accepts, clearable, decimal, labelled, metadata, page, range, text, whole, yes } from './form.ts';
import { listOf, within } from './list.ts';
import { claim, makePrice, makeProduct, productData, recurring, taxBehaviour } from './prices.ts';
import { type Route, route } from './route.ts';
import { get, now } from './state.ts';

export const images = v.optional(v.union([v.array(text), v.literal('')]));

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
    }),
    (account, params) => {
      const made = makeProduct(account, params);
      if (params.default_price_data)
        made.default_price = makePrice(account, { ...params.default_price_data, product: made.id }).id;
      return made;
    },
  ),
  route('GET', '/v1/products/:id', v.strictObject({}), (account, _, id) =>
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
    }),
    (account, { metadata: labels, images: pictures, ...rest }, id) =>
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
    }),
    (account, params) => {
      const product = params.product ?? (params.product_data && makeProduct(account, params.product_data).id);
      if (!product) throw invalid('Missing required param: product.', 'product', 'parameter_missing');
      claim(account, params.lookup_key, params.transfer_lookup_key);
      return makePrice(account, { ...params, product });
    },
  ),
  route('GET', '/v1/prices/:id', v.strictObject({}), (account, _, id) =>
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
    }),
    (account, { metadata: labels, transfer_lookup_key, ...rest }, id) => {
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
