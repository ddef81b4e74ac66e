import type { Role } from '../../../schema/api/accounts.ts';
import type { OutgoingMail } from '../../platform/mailer.ts';
import { languageOf, written, type Letter } from '../mails.ts';

const names: Record<'en' | 'ja', Record<Role, string>> = {
  en: { viewer: 'viewer', moderator: 'moderator', editor: 'editor', admin: 'admin' },
  ja: { viewer: '視聴者', moderator: 'モデレーター', editor: '編集者', admin: '管理者' },
};

/** Offers a role. The link holds nothing: whoever shows that the address is theirs may take it. */
export function inviteMail(by: string, role: Role, letter: Letter): OutgoingMail {
  const link = `${letter.origin}/admin`;
  const language = languageOf(letter);
  const name = names[language][role];
  if (language === 'ja')
    return written(
      letter,
      `${name}として招待されました`,
      [
        `${by} さんが、あなたを Engawa の${name}として招待しました。`,
        link,
        'このメールアドレスでログインし（アカウントがない場合は登録し）、招待を受けてください。7 日間有効です。',
        'お心当たりがない場合は、このメールを無視してください。',
      ],
      { link },
    );
  return written(
    letter,
    `You are invited to work on Engawa as ${name}`,
    [
      `${by} invites you to work on Engawa as ${name}.`,
      link,
      'Sign in with this address (or sign up with it first) and take the invitation. It is good for a week.',
      'If you do not know what this is about, ignore this mail.',
    ],
    { link },
  );
}
