import type { Message } from '../i18n.ts';
import type { shell as en } from './en-shell.ts';

/** 管理画面のすべてのページを囲む部分の言葉。 */
export const shell: { readonly [K in keyof typeof en]: Message } = {
  'toast.region': 'お知らせ',
  'toast.undo': '元に戻す',
  'toast.undoing': '元に戻しています…',
  'toast.undone': '元の状態に戻しました。',
  'toast.notUndone': '元に戻せませんでした',
  'toast.dismiss': 'このお知らせを閉じる',
  'toast.heard': '{text} F8キーで「{action}」に移動できます。',
  'confirm.typed': '続けるには「{word}」と入力してください',
  'confirm.reason': '理由',
  'confirm.reasonHint': '変更とともに記録され、あとから確認できます。',
};
