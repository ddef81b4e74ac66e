import type { Wording } from '../i18n.ts';
import type { uploading as english } from './en-uploads.ts';

export const uploading: Wording<typeof english> = {
  'here.title': 'このタブのアップロード',
  'open.title': '途中で止まっているアップロード',
  'open.text':
    '別のタブや別のマシン、またはほかの人が始めたものです。同じファイルがあれば、届いた分の続きから送れます。ここで選ぶか、フォルダごと上にドロップしてください。',
  'open.choose': 'ファイルを選ぶ',
  'open.checking': 'ファイルを確認しています…',
  'open.otherFile': '別のファイルです。変更されていない {name}（{bytes}）を選んでください。',
  'open.unreadable': 'ファイルを読み込めませんでした。まだそこにありますか？',
  'open.there': '{share} 到着済み',
  'open.expires': '{date} まで保管',
  'held.title': '動画を待っているトラック',
  'held.text': '届いた吹替と字幕です。動画の準備ができると自動で追加されます。',
};
