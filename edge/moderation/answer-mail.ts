import { written } from '../accounts/mails.ts';
import type { OutgoingMail } from '../platform/mailer.ts';
import type { NoticeRow } from './notice-queries.ts';

const words = {
  en: {
    subject: 'Your takedown notice was answered',
    acted: (id: string) => `What your notice ${id} names was taken down, as far as it was found to be right.`,
    rejected: (id: string) => `Your notice ${id} was looked at, and nothing was taken down.`,
    tail: 'If something is missing or wrong, please answer this mail.',
  },
  ja: {
    subject: '権利侵害の申し立てへの回答',
    acted: (id: string) => `申し立て ${id} について、認められたものの公開を停止しました。`,
    rejected: (id: string) => `申し立て ${id} を確認しましたが、公開停止は行いませんでした。`,
    tail: '不足や誤りがあれば、このメールにご返信ください。',
  },
};

/** Says what became of a notice, and why, in the moderator's words. */
export function answerMail(
  { id, email, language, answer }: Pick<NoticeRow, 'id' | 'email' | 'language' | 'answer'>,
  outcome: 'acted' | 'rejected',
  origin: string,
): OutgoingMail {
  const { subject, tail, [outcome]: lead } = words[language];
  const link = `${origin}/legal/takedown?receipt=${id}`;
  const letter = { to: email, origin, acceptLanguage: language };
  return written(letter, subject, [lead(id), answer ?? '', link, tail].filter(Boolean), { link });
}
