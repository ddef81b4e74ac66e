import type { stripeEvents } from '../../i18n/admin/en-stripe-events.ts';
import { words } from '../words.tsx';

/** The words of what Stripe tells. */
export const { useSay, saying } = words<typeof stripeEvents>({
  en: () => import('../../i18n/admin/en-stripe-events.ts').then((m) => m.stripeEvents),
  ja: () => import('../../i18n/admin/ja-stripe-events.ts').then((m) => m.stripeEvents),
});
