import * as v from 'valibot';
import { idSchema } from '../ids.ts';
import { noticeLimits, noticeStates } from '../moderation-terms.ts';
import { Email } from './accounts.ts';
import { page, PageQuery } from './page.ts';

const words = (most: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(most));
const maybe = (most: number) => v.optional(v.nullable(words(most)), null);
const stated = v.literal(true, 'has to be stated: without it this is no notice');

/** `POST /api/takedown-notices`: what 17 U.S.C. §512(c)(3)(A) asks for. The same one sent again within an hour is one notice. */
export const NewTakedownNotice = v.object({
  work: words(noticeLimits.work),
  /** Addresses of pages or files on this site. */
  addresses: v.pipe(
    v.array(words(noticeLimits.address)),
    v.minLength(1, 'name at least one address'),
    v.maxLength(noticeLimits.addresses),
  ),
  name: words(noticeLimits.name),
  /** Whose right it is, where that is somebody else. */
  onBehalfOf: maybe(noticeLimits.onBehalfOf),
  email: Email,
  postalAddress: words(noticeLimits.postalAddress),
  telephone: maybe(noticeLimits.telephone),
  /** "I have a good faith belief that the use … is not authorised by the copyright owner, its agent, or the law." */
  goodFaith: stated,
  /** "The information is accurate, and under penalty of perjury, I am authorised to act on behalf of the owner …" */
  accurate: stated,
  /** Their name, typed to sign. */
  signature: words(noticeLimits.signature),
});
export type NewTakedownNotice = v.InferInput<typeof NewTakedownNotice>;

/** What whoever has the receipt number may know: `GET /api/takedown-notices/:id`, and the answer to a notice. */
export const NoticeReceipt = v.object({
  id: idSchema('notice'),
  state: v.picklist(noticeStates),
  createdAt: v.number(),
});
export type NoticeReceipt = v.InferOutput<typeof NoticeReceipt>;
export const NoticeId = v.object({ id: idSchema('notice') });

/** `GET /api/admin/takedown-notices`: the latest first. */
export const TakedownNotice = v.object({
  ...NoticeReceipt.entries,
  work: v.string(),
  /** Paths on this site. */
  addresses: v.array(v.string()),
  name: v.string(),
  onBehalfOf: v.nullable(v.string()),
  email: v.string(),
  postalAddress: v.string(),
  telephone: v.nullable(v.string()),
  signature: v.string(),
});
export type TakedownNotice = v.InferOutput<typeof TakedownNotice>;
export const TakedownNotices = page(TakedownNotice);
export const NoticeQuery = v.object(PageQuery);
