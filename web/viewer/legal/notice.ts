import type { NoticeReceipt } from '../../../schema/api/moderation.ts';
import { noticeLimits } from '../../../schema/moderation-terms.ts';
import type { ProblemDocument } from '../../../schema/problem.ts';
import type { takedownEn } from '../../i18n/takedown.en.ts';

/** The fields of a takedown notice, by the names that the form and the API have for them. */
export const noticeFields = [
  'work',
  'addresses',
  'name',
  'onBehalfOf',
  'email',
  'postalAddress',
  'telephone',
  'goodFaith',
  'accurate',
  'signature',
] as const;
export type NoticeField = (typeof noticeFields)[number];
/** As they were typed; a box that is ticked holds `yes`. */
export type NoticeValues = Record<NoticeField, string>;

/** What the form shows: what was typed and why it was not taken, or what came of it. */
export type NoticeForm =
  | { receipt: NoticeReceipt }
  | { receipt: null; values: NoticeValues; problem: ProblemDocument | null };

/** @param sent of the form that was sent; without: an empty one */
export const noticeValues = (sent = new URLSearchParams()): NoticeValues =>
  // Forms send line ends as CR LF (HTML §4.10.21.4); a length that the browser let pass counts them as one.
  Object.fromEntries(
    noticeFields.map((name) => [name, (sent.get(name) ?? '').replaceAll('\r\n', '\n')]),
  ) as NoticeValues;

/** The notice in a form, as the API takes it: what is missing or wrong in it, it says. */
export const noticeIn = (values: NoticeValues) => ({
  ...values,
  addresses: values.addresses.split(/\s+/).filter(Boolean),
  onBehalfOf: values.onBehalfOf.trim() || null,
  telephone: values.telephone.trim() || null,
  goodFaith: values.goodFaith === 'yes',
  accurate: values.accurate === 'yes',
});

type Wrong = keyof typeof takedownEn & ('missing' | 'unstated' | 'badEmail' | 'badAddresses' | 'tooLong');

/** What is wrong with each field, by what the API said of it. */
export function wrongFields(
  values: NoticeValues,
  problem: ProblemDocument | null,
): Partial<Record<NoticeField, Wrong>> {
  const pointed = new Set(problem?.errors?.map(({ pointer }) => pointer.split('/')[1]));
  const wrong = noticeFields.filter((name) => pointed.has(name));
  return Object.fromEntries(wrong.map((name) => [name, wrongWith(name, values[name])]));
}

function wrongWith(name: NoticeField, value: string): Wrong {
  if (name === 'goodFaith' || name === 'accurate') return 'unstated';
  if (value.trim() === '') return 'missing';
  if (name === 'email') return 'badEmail';
  return name === 'addresses' ? 'badAddresses' : 'tooLong';
}

/** The most that a field takes; lines of addresses together. */
export const mostOf = (name: Exclude<NoticeField, 'goodFaith' | 'accurate'>): number =>
  name === 'email' ? 254 : name === 'addresses' ? ADDRESSES_LENGTH : noticeLimits[name];
const ADDRESSES_LENGTH = 20_000;
