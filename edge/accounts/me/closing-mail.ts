import type { OutgoingMail } from '../../platform/mailer.ts';
import { languageOf, written, type Letter } from '../mails.ts';

type Words = { subject: string; lead: (day: string) => string; tail: string };

const words: Record<'en' | 'ja', { asked: Words; byAdmin: Words; kept: Words }> = {
  en: {
    asked: {
      subject: 'Your account will be deleted',
      lead: (day) =>
        `As you asked, your Engawa account and all that belongs to it will be deleted on ${day}. You have been signed out everywhere.`,
      tail: 'Until then you can sign in and keep it. If you did not ask for this, sign in now, keep the account, and change your password.',
    },
    byAdmin: {
      subject: 'Your account will be deleted',
      lead: (day) =>
        `Your Engawa account and all that belongs to it will be deleted on ${day}. You have been signed out everywhere. The reason given:`,
      tail: 'Until then you can sign in and take a copy of your data along. If you think this is a mistake, answer this mail.',
    },
    kept: {
      subject: 'Your account stays',
      lead: () => 'Your Engawa account will not be deleted. Everything is as it was.',
      tail: 'If it was not you who kept it, change your password now.',
    },
  },
  ja: {
    asked: {
      subject: 'アカウントは削除されます',
      lead: (day) =>
        `お申し込みのとおり、Engawa アカウントとそれに属するすべてのデータは${day}に削除されます。すべての端末からログアウトしました。`,
      tail: 'それまではログインして削除を取り消せます。お心当たりがない場合は、今すぐログインして取り消し、パスワードを変更してください。',
    },
    byAdmin: {
      subject: 'アカウントは削除されます',
      lead: (day) =>
        `Engawa アカウントとそれに属するすべてのデータは${day}に削除されます。すべての端末からログアウトしました。理由は次のとおりです。`,
      tail: 'それまではログインしてデータの写しをお受け取りいただけます。誤りと思われる場合は、このメールにご返信ください。',
    },
    kept: {
      subject: 'アカウントはそのままです',
      lead: () => 'Engawa アカウントは削除されません。これまでどおりお使いいただけます。',
      tail: 'お心当たりがない場合は、すぐにパスワードを変更してください。',
    },
  },
};

/** Says that an account closes, when, and what would keep it. @param closesAt ms UTC; @param reason an admin's, null where its owner asked */
export function closingMail(closesAt: number, reason: string | null, letter: Letter): OutgoingMail {
  const language = languageOf(letter);
  const { subject, lead, tail } = words[language][reason === null ? 'asked' : 'byAdmin'];
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(closesAt);
  const link = `${letter.origin}/sign-in`;
  const why = reason === null ? [] : [reason];
  return written(letter, subject, [lead(day), ...why, link, tail], { link });
}

export function keptMail(letter: Letter): OutgoingMail {
  const { subject, lead, tail } = words[languageOf(letter)].kept;
  const link = `${letter.origin}/sign-in`;
  return written(letter, subject, [lead(''), link, tail], { link });
}
