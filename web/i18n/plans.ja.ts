import type { Wording } from './i18n.ts';
import type { plansEn } from './plans.en.ts';

export const plansJa: Wording<typeof plansEn> = {
  title: 'プラン',
  lead: 'アカウントがあればどなたでもご利用いただける内容と、各プランで加わる内容です。ライセンスで認められていないものは、どのプランでもご覧いただけません。',
  base: 'アカウントのみ',
  yours: 'ご利用中のプラン',
  watch: '見られる作品',
  watchFree: '無料の作品',
  watchAll: '無料の作品と会員向けの作品',
  ads: '広告つきの作品',
  included: '含まれます',
  notIncluded: '含まれません',
  streams: '同時に再生できる数',
  picture: '画質',
  anyHeight: '作品の最高画質',
  upTo: '{height}p まで',
  downloads: 'ダウンロード',
  early: '先行視聴',
  allowed: 'ライセンスで認められた作品',
  earlyBy: '一部のエピソードを最大{time}早く',
  none: 'ほかのプランはありません。',
  join: 'アカウントを作成',
  whose: 'サインインしてご利用中のプランを見る',
  see: 'プランを見る',
};
