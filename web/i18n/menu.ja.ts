import type { Wording } from './i18n.ts';
import type { menuEn } from './menu.en.ts';

export const menuJa: Wording<typeof menuEn> = {
  menu: '{name}のメニュー',
  whoWatches: 'どなたがご覧になりますか',
  switch: 'プロフィールを切り替える',
  list: 'マイリスト',
  history: '視聴履歴',
  notices: '新着のお知らせ',
  unseen: '新しいエピソードが{count}話',
  billing: 'プランとお支払い',
  settings: 'アカウントと設定',
  dashboard: '管理画面',
  signOut: 'ログアウト',
  signIn: 'ログイン',
  signUp: '新規登録',
  account: 'アカウント',
  display: 'サイトの表示',
  language: '言語',
  theme: 'テーマ',
  dark: 'ダーク',
  light: 'ライト',
  system: '端末に合わせる',
};
