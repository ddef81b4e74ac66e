import { bestLocale } from '../catalog/locale.ts';
import type { OutgoingMail } from '../platform/mailer.ts';

/** Mails with a code, and mails that tell somebody what was done to their account. */
export type CodeMail = 'verify' | 'sign-in' | 'reset' | 'change-email' | 'step-up';
export type Notice =
  | 'has-account'
  | 'password-changed'
  | 'email-changed'
  | 'second-factor-on'
  | 'second-factor-off'
  | 'passkey-added';

type Words = { subject: string; lead: string; tail: string };
type Catalogue = { code: Record<CodeMail, Words>; notice: Record<Notice, Words> };

const notMe = 'If this was not you, reset your password now; that signs every device out.';
const notMeJa =
  'お心当たりがない場合は、すぐにパスワードを再設定してください。すべての端末からログアウトされます。';
const ignore = 'If you did not ask for this, ignore this mail: nothing happens without the code.';
const ignoreJa = 'お心当たりがない場合は、このメールを無視してください。コードがなければ何も変わりません。';

const words: Record<'en' | 'ja', Catalogue> = {
  en: {
    code: {
      verify: {
        subject: 'Confirm your address',
        lead: 'Welcome to Engawa. This code confirms that this address is yours:',
        tail: ignore,
      },
      'sign-in': {
        subject: 'Your sign-in code',
        lead: 'This code signs you in to Engawa:',
        tail: ignore,
      },
      reset: {
        subject: 'A new password',
        lead: 'This code lets you set a new password for Engawa:',
        tail: ignore,
      },
      'change-email': {
        subject: 'Confirm your new address',
        lead: 'This code makes this the address of your Engawa account:',
        tail: ignore,
      },
      'step-up': {
        subject: 'Is it you?',
        lead: 'You are about to do something on Engawa that needs this code. Type it where you were asked for it:',
        tail: 'If it is not you, sign out everywhere on your account page: somebody is using your sign-in.',
      },
    },
    notice: {
      'has-account': {
        subject: 'You have an account already',
        lead: 'Somebody, you perhaps, signed up to Engawa with this address. It has an account already: sign in, or have a code mailed if you forgot the password.',
        tail: 'If this was not you, there is nothing to do: nothing was changed.',
      },
      'password-changed': {
        subject: 'Your password was changed',
        lead: 'The password of your Engawa account was changed, and other devices were signed out.',
        tail: notMe,
      },
      'email-changed': {
        subject: 'Your address was changed',
        lead: 'Your Engawa account has another e-mail address now; this one is no longer used.',
        tail: 'If this was not you, answer this mail.',
      },
      'second-factor-on': {
        subject: 'Two-step sign-in is on',
        lead: 'Signing in to your Engawa account now takes a code of your app, too.',
        tail: notMe,
      },
      'second-factor-off': {
        subject: 'Two-step sign-in is off',
        lead: 'Signing in to your Engawa account no longer takes a code of your app.',
        tail: notMe,
      },
      'passkey-added': {
        subject: 'A passkey was added',
        lead: 'A passkey was added to your Engawa account: whoever has it can sign in.',
        tail: `${notMe} Then remove the passkey.`,
      },
    },
  },
  ja: {
    code: {
      verify: {
        subject: 'メールアドレスの確認',
        lead: 'Engawa へようこそ。次のコードで、このアドレスがご本人のものであることを確認します。',
        tail: ignoreJa,
      },
      'sign-in': {
        subject: 'ログインコード',
        lead: '次のコードで Engawa にログインできます。',
        tail: ignoreJa,
      },
      reset: {
        subject: 'パスワードの再設定',
        lead: '次のコードで Engawa の新しいパスワードを設定できます。',
        tail: ignoreJa,
      },
      'change-email': {
        subject: '新しいメールアドレスの確認',
        lead: '次のコードで、このアドレスが Engawa アカウントのメールアドレスになります。',
        tail: ignoreJa,
      },
      'step-up': {
        subject: 'ご本人確認',
        lead: 'Engawa での操作を続けるには次のコードが必要です。求められた画面に入力してください。',
        tail: 'お心当たりがない場合は、アカウントのページですべての端末からログアウトしてください。第三者が利用しているおそれがあります。',
      },
    },
    notice: {
      'has-account': {
        subject: 'アカウントはすでにあります',
        lead: 'このアドレスで Engawa への登録がありましたが、すでにアカウントがあります。ログインするか、パスワードをお忘れの場合はコードをお受け取りください。',
        tail: 'お心当たりがない場合も、何もする必要はありません。変更は行われていません。',
      },
      'password-changed': {
        subject: 'パスワードが変更されました',
        lead: 'Engawa アカウントのパスワードが変更され、ほかの端末はログアウトされました。',
        tail: notMeJa,
      },
      'email-changed': {
        subject: 'メールアドレスが変更されました',
        lead: 'Engawa アカウントのメールアドレスが変更されました。このアドレスは使われなくなりました。',
        tail: 'お心当たりがない場合は、このメールにご返信ください。',
      },
      'second-factor-on': {
        subject: '二段階認証がオンになりました',
        lead: 'Engawa へのログインに、アプリのコードも必要になりました。',
        tail: notMeJa,
      },
      'second-factor-off': {
        subject: '二段階認証がオフになりました',
        lead: 'Engawa へのログインに、アプリのコードは不要になりました。',
        tail: notMeJa,
      },
      'passkey-added': {
        subject: 'パスキーが追加されました',
        lead: 'Engawa アカウントにパスキーが追加されました。そのパスキーでログインできます。',
        tail: `${notMeJa}そのうえでパスキーを削除してください。`,
      },
    },
  },
};

/**
 * Where a code's link leads. The code stands after the `#`: browsers keep that to themselves, so it is in no server's log and no Referer
 * (RFC 9110 §7.1). The page still asks before it uses it, as programs that check mail open links, too.
 */
const pages: Record<CodeMail, { path: string; namesAddress: boolean } | null> = {
  verify: { path: '/verify-email', namesAddress: false },
  'sign-in': { path: '/sign-in', namesAddress: true },
  reset: { path: '/reset-password', namesAddress: true },
  'change-email': { path: '/account', namesAddress: true },
  'step-up': null, // it belongs to the page that asked for it, and to no other
};

/** Whom to write to, and how: the language is that of the request which brought the mail about. */
export type Letter = { to: string; origin: string; acceptLanguage: string | null };

export function codeMail(kind: CodeMail, code: string, letter: Letter): OutgoingMail {
  const link = linkOf(kind, code, letter);
  const language = languageOf(letter);
  const { subject, lead, tail } = words[language].code[kind];
  const until = language === 'ja' ? 'コードの有効期限は 10 分です。' : 'It is good for ten minutes.';
  return written(letter, `${code} – ${subject}`, [lead, code, ...(link ? [link] : []), until, tail], {
    code,
    ...(link ? { link } : {}),
  });
}

function linkOf(kind: CodeMail, code: string, { to, origin }: Letter): string | null {
  const page = pages[kind];
  if (!page) return null;
  const values = new URLSearchParams({ ...(page.namesAddress ? { email: to } : {}), code });
  return `${origin}${page.path}#${values.toString()}`;
}

export function notice(kind: Notice, letter: Letter): OutgoingMail {
  const { subject, lead, tail } = words[languageOf(letter)].notice[kind];
  const link = `${letter.origin}/sign-in`;
  return written(letter, subject, [lead, link, tail], { link });
}

export const languageOf = ({ acceptLanguage }: Letter): 'en' | 'ja' =>
  bestLocale(['en', 'ja'], acceptLanguage) === 'ja' ? 'ja' : 'en';

export function written(
  { to }: Letter,
  subject: string,
  lines: string[],
  has: { code?: string; link?: string },
): OutgoingMail {
  const html = lines.map((line) => {
    if (line === has.link) return `<p><a href="${escaped(line)}">${escaped(line)}</a></p>`;
    return line === has.code
      ? `<p style="font-size:1.75em;letter-spacing:.15em"><b>${line}</b></p>`
      : `<p>${escaped(line)}</p>`;
  });
  return {
    to,
    subject: `${subject} · Engawa`,
    text: `${lines.join('\n\n')}\n`,
    html: html.join('\n'),
    ...has,
  };
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
