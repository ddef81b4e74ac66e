import type { Wording } from '../i18n.ts';
import type { stepUp as en } from './en-step-up.ts';

export const stepUp: Wording<typeof en> = {
  'stepUp.title': 'ご本人ですか？',
  'stepUp.text': 'この操作にはご本人の確認が必要です。確認が済むと、その後 15 分間は求められません。',
  'stepUp.password': 'パスワード',
  'stepUp.app': 'アプリのコード',
  'stepUp.mail': 'メールのコード',
  'stepUp.codeHint': '6 桁の数字です。',
  'stepUp.mailText': 'コードを {email} に送ります。',
  'stepUp.mailSent': '送信しました。10 分間有効です。',
  'stepUp.send': 'コードを送る',
  'stepUp.sendAgain': 'もう一度送る',
  'stepUp.usePasskey': 'パスキーを使う',
  'stepUp.passkeyFailed': 'パスキーを読み取れませんでした。もう一度試すか、別の方法を選んでください。',
  'stepUp.go': '続ける',
  'stepUp.other': '別の方法',
  'stepUp.by.password': 'パスワードで',
  'stepUp.by.passkey': 'パスキーで',
  'stepUp.by.app': 'アプリのコードで',
  'stepUp.by.mail': 'メールのコードで',
};
