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
  /** When it was answered, ms UTC, by whom (a user's id), and the reason that was mailed. Null: it was not yet. */
  answeredAt: v.nullable(v.number()),
  answeredBy: v.nullable(v.string()),
  answer: v.nullable(v.string()),
});
export type TakedownNotice = v.InferOutput<typeof TakedownNotice>;
export const TakedownNotices = page(TakedownNotice);
export const NoticeQuery = v.object({ ...PageQuery, state: v.optional(v.picklist(noticeStates)) });

/** What an address of a notice is: a title, or one episode of it. */
const target = {
  titleId: idSchema('title'),
  /** Null: the whole title. */
  episodeId: v.nullable(idSchema('episode')),
};
/** `GET /api/admin/takedown-notices/:id`. */
export const TakedownNoticeDetail = v.object({
  ...TakedownNotice.entries,
  /** What its addresses name, in their order, each once. What names neither a title nor an episode is not here. */
  named: v.array(
    v.object({
      ...target,
      address: v.string(),
      titleName: v.string(),
      /** `1×3`; null: the whole title. */
      episode: v.nullable(v.string()),
      /** It, or its title. Null: it is not down. */
      takenDownAt: v.nullable(v.number()),
    }),
  ),
});
export type TakedownNoticeDetail = v.InferOutput<typeof TakedownNoticeDetail>;

const why = v.pipe(v.string(), v.trim(), v.minLength(3, 'say why'), v.maxLength(500));
/** `POST /api/admin/takedown-notices/:id/act`: takes these down. The reason is kept with each, and mailed to whoever sent the notice. */
export const NoticeAct = v.object({
  reason: why,
  targets: v.pipe(v.array(v.object(target)), v.minLength(1, 'name at least one'), v.maxLength(100)),
});
export type NoticeAct = v.InferInput<typeof NoticeAct>;
/** `POST /api/admin/takedown-notices/:id/reject`. */
export const NoticeRejection = v.object({ reason: why });
