import type { Message } from '../i18n.ts';
import type { shell as en } from './en-shell.ts';

/** 管理画面のすべてのページを囲む部分の言葉。 */
export const shell: { readonly [K in keyof typeof en]: Message } = {
  'room.overview': '概要',
  'room.titles': '作品',
  'room.episodes': 'エピソード',
  'room.uploads': 'アップロード',
  'room.jobs': 'ジョブ',
  'room.storage': 'ストレージ',
  'room.rights': '権利',
  'room.moderation': 'モデレーション',
  'room.people': 'ユーザー',
  'room.streams': '配信中',
  'room.audit': '変更履歴',
  'desk.menu': 'メニュー',
  'desk.otherRoom': 'この部屋はあなたの役割の担当外です',
  'display.theme': 'テーマ',
  'theme.system': 'システムに合わせる',
  'theme.light': 'ライト',
  'theme.dark': 'ダーク',
  'display.language': '言語',
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
