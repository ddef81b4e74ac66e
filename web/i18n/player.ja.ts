import type { Message } from './i18n.ts';
import type { playerEn } from './player.en.ts';

export const playerJa: Record<keyof typeof playerEn, Message> = {
  label: '動画プレーヤー：{name}',
  retry: 'もう一度試す',
  signIn: 'ログイン',
  back: '作品ページへ戻る',
  network: '接続が切れました',
  networkText:
    '動画を読み込めませんでした。接続を確認して、もう一度お試しください。止まったところから再開します。',
  media: 'この動画を再生できません',
  mediaText: 'ブラウザーが動画を再生できませんでした。もう一度試すと直ることがあります。',
  expired: '再生の有効時間が終わりました',
  expiredText: '一回の再生には時間の限りがあります。もう一度始めると、止まったところから再開します。',
  unsupported: 'このブラウザーでは再生できません',
  unsupportedText: '動画の再生に必要な機能がありません。新しいブラウザーをお使いください。',
  'role.dub': '吹替',
  'role.commentary': 'コメンタリー',
  'role.description': '音声解説',
  'role.signs': '看板・歌詞のみ',
  'role.sdh': '聴覚障害者向け',
  'role.forced': '外国語の台詞のみ',
  unknownLanguage: '言語不明',
};
