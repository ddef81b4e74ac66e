import { languageOf, written, type Letter } from '../accounts/mails.ts';
import type { OutgoingMail } from '../platform/mailer.ts';

const words = {
  en: {
    subject: 'Your takedown notice was received',
    lead: (id: string) => `Your notice was received. Its receipt number is ${id}.`,
    tail: 'The operator reads it and writes to this address. If you sent no notice, somebody else gave your address: please answer this mail.',
  },
  ja: {
    subject: '権利侵害の申し立てを受け付けました',
    lead: (id: string) => `申し立てを受け付けました。受付番号は ${id} です。`,
    tail: '運営者が内容を確認し、このアドレスにご連絡します。申し立てをされていない場合は、ほかの方がこのアドレスを記入しています。このメールにご返信ください。',
  },
};

/** Says that a notice came in. Nothing that was typed stands in it: nobody can send words of theirs to others by this form. */
export function receiptMail(id: string, letter: Letter): OutgoingMail {
  const { subject, lead, tail } = words[languageOf(letter)];
  const link = `${letter.origin}/legal/takedown?receipt=${id}`;
  return written(letter, subject, [lead(id), link, tail], { link });
}
