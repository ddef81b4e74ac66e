import type { PageName } from './paths.ts';
import type { PageData } from './routes.ts';
import { accountHead } from './viewer/account/words.ts';
import { head as home } from './viewer/home/head.ts';
import { head as problem } from './viewer/problem/head.ts';
import { head as signIn } from './viewer/sign-in/head.ts';
import { head as signUp } from './viewer/sign-up/head.ts';
import { head as title } from './viewer/title/head.ts';
import { head as watch } from './viewer/watch/head.ts';
import type { Head, Here } from './visit.ts';

/** What stands in each page's `<head>`. Apart from the pages, because the browser never needs it. */
export const heads: { [N in PageName]: (data: PageData<N>, here: Here) => Head } = {
  home,
  title,
  watch,
  'sign-in': signIn,
  'sign-up': signUp,
  'verify-email': accountHead('verifyTitle'),
  'reset-password': accountHead('resetTitle'),
  settings: accountHead('settingsTitle'),
  profiles: accountHead('profilesTitle'),
  mailbox: accountHead('mailboxTitle'),
  problem,
};
