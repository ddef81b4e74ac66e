import { lazy } from '../lazy.tsx';
import type { PageProps } from '../pages.tsx';
import { saying } from './event-words.ts';

/** What Stripe tells: chunks of their own. */
export const eventPages = {
  'stripe-events': lazy<PageProps>(async (language) => {
    const { EventsPage } = await import('./events.tsx');
    return saying(({ address }: PageProps) => <EventsPage address={address} />)(language);
  }),
  'stripe-event': lazy<PageProps>(async (language) => {
    const { EventPage } = await import('./event.tsx');
    return saying(({ values }: PageProps) => <EventPage id={values['id'] ?? ''} />)(language);
  }),
};
