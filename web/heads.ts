import type { PageName } from './paths.ts';
import type { PageData } from './routes.ts';
import { accountHead } from './viewer/account/words.ts';
import { billingHead } from './viewer/billing/words.ts';
import { head as browse } from './viewer/browse/head.ts';
import { head as calendar } from './viewer/calendar/head.ts';
import { head as home } from './viewer/home/head.ts';
import { importHead } from './viewer/import/words.ts';
import { listHead } from './viewer/list/words.ts';
import { head as legal } from './viewer/legal/head.ts';
import { head as plans } from './viewer/plans/head.ts';
import { head as problem } from './viewer/problem/head.ts';
import { head as search } from './viewer/search/head.ts';
import { head as signIn } from './viewer/sign-in/head.ts';
import { head as signUp } from './viewer/sign-up/head.ts';
import { head as title } from './viewer/title/head.ts';
import { head as watch } from './viewer/watch/head.ts';
import type { Head, Here } from './visit.ts';

/** What stands in each page's `<head>`. Apart from the pages, because the browser never needs it. */
export const heads: { [N in PageName]: (data: PageData<N>, here: Here) => Head } = {
  home,
  browse,
  search,
  calendar,
  plans,
  billing: billingHead('title'),
  'switch-plan': billingHead('switch.title'),
  'cancel-plan': billingHead('title'),
  paying: billingHead('title'),
  ways: billingHead('ways.title'),
  legal,
  title,
  watch,
  'sign-in': signIn,
  'sign-up': signUp,
  'verify-email': accountHead('verifyTitle'),
  'reset-password': accountHead('resetTitle'),
  settings: accountHead('settingsTitle'),
  profiles: accountHead('profilesTitle'),
  mailbox: accountHead('mailboxTitle'),
  list: listHead('list.title'),
  import: importHead,
  history: listHead('history.title'),
  notices: listHead('notices.title'),
  problem,
};
