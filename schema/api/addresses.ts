import * as v from 'valibot';
import { idSchema } from '../ids.ts';

/** Titles in a part. A part of a sitemap names each of them in every language, and stays far below 50 MB. */
export const ADDRESSES = 10_000;

/** `GET /api/addresses/parts`: what to ask each part with; null for the first. */
export const AddressParts = v.object({ after: v.array(v.nullable(idSchema('title'))) });
/** `GET /api/addresses?after=`: titles in the order of their ids. */
export const AddressQuery = v.object({ after: v.optional(idSchema('title')) });
export const Addresses = v.object({
  /** `changed`: ms UTC. */
  items: v.array(v.object({ slug: v.string(), changed: v.number() })),
});
export type AddressParts = v.InferOutput<typeof AddressParts>;
export type Addresses = v.InferOutput<typeof Addresses>;
