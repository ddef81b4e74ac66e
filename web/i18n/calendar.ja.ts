import type { calendarEn } from './calendar.en.ts';
import type { Wording } from './i18n.ts';

export const calendarJa: Wording<typeof calendarEn> = {
  own: '自分だけのカレンダー',
  ownText:
    '視聴中・フォロー中の作品を、お使いのカレンダーに表示できます。このアドレスを知っている人は、ログインしなくても内容を見られます。',
  address: 'カレンダーのアドレス',
  copy: 'コピー',
  copied: 'アドレスをコピーしました。',
  selected: 'アドレスを選択しました。ここからコピーしてください。',
  renew: 'アドレスを変更 …',
  renewText: '以前のアドレスは使えなくなります。カレンダーには新しいアドレスを登録し直してください。',
  renewDo: '新しいアドレスを作る',
  renewed: 'アドレスを新しくしました。',
  failed: '保存できませんでした。 接続を確認して、もう一度お試しください。',
};
