/** The words of mails about money (mails.ts). Days and amounts come in as the language writes them. */
const en = {
  each: {
    month: (amount: string) => `${amount} a month`,
    year: (amount: string) => `${amount} a year`,
  },
  failed: {
    subject: 'Your payment did not go through',
    lead: (plan: string, owed: string) =>
      `We tried to charge ${owed} for ${plan}, and your bank or card refused. Here you can use another card or see what is amiss:`,
    tail: (day: string) =>
      `It is tried again by itself. Your plan goes on until ${day}; if it has not been paid by then, it pauses until it is. Nothing of your lists or history is lost.`,
  },
  trial: {
    subject: (day: string) => `Your free trial ends on ${day}`,
    lead: (plan: string, day: string, each: string) =>
      `Your free trial of ${plan} ends on ${day}. From then on it costs ${each}, taxes included. If you want to go on, there is nothing to do. If not, cancel here before that day, and you pay nothing:`,
    tail: 'If you have cancelled already, nothing will be charged.',
  },
  receipt: {
    subject: (what: string) => `Thank you: ${what}`,
    lead: (what: string, paid: string) =>
      `You have paid ${paid}, taxes included, for ${what}. Invoices and everything about your plan are here:`,
    until: (day: string) => `What you have paid for: until ${day}.`,
    tail: 'If it was not you who paid this, answer this mail.',
  },
  refunded: {
    subject: (back: string) => `${back} come back to you`,
    lead: (what: string, back: string) =>
      `We have given back ${back} of what you paid for ${what}, to the card or account it came from. Banks take five to ten days to show it. Everything about your payments is here:`,
    tail: 'If you did not expect this, answer this mail.',
  },
  ended: {
    subject: (plan: string) => `${plan} has ended`,
    cancelled: (plan: string) =>
      `As you asked, ${plan} has ended. Nothing more will be charged. Should you like to come back one day:`,
    unpaid: (plan: string) =>
      `${plan} has ended, as it could not be charged. Nothing more will be tried. Should you like to come back:`,
    refunded: (plan: string) =>
      `${plan} has ended, and what you paid for it was given back. Should you like to come back one day:`,
    tail: 'Your account stays as it is, with your lists, your history and what you have bought.',
  },
};

const ja: typeof en = {
  each: { month: (amount) => `月額${amount}`, year: (amount) => `年額${amount}` },
  failed: {
    subject: 'お支払いができませんでした',
    lead: (plan, owed) =>
      `${plan}の料金${owed}を請求しましたが、カード会社または銀行に承認されませんでした。別のカードのご登録や確認は、こちらからお願いします。`,
    tail: (day) =>
      `請求は自動的に再度行われます。プランは${day}までそのままご利用いただけます。それまでにお支払いが確認できない場合は、確認できるまでご利用を停止します。リストや視聴履歴は失われません。`,
  },
  trial: {
    subject: (day) => `無料体験は${day}に終了します`,
    lead: (plan, day, each) =>
      `${plan}の無料体験は${day}に終了し、以後は${each}（税込）がかかります。続ける場合、お手続きは不要です。続けない場合は、その日までにこちらから解約すると料金はかかりません。`,
    tail: 'すでに解約済みの場合、料金は請求されません。',
  },
  receipt: {
    subject: (what) => `お支払いありがとうございます：${what}`,
    lead: (what, paid) =>
      `${what}の料金${paid}（税込）のお支払いを承りました。請求書とプランの内容はこちらでご覧いただけます。`,
    until: (day) => `今回のお支払いの対象：${day}まで`,
    tail: 'お心当たりがない場合は、このメールにご返信ください。',
  },
  refunded: {
    subject: (back) => `${back}を返金しました`,
    lead: (what, back) =>
      `${what}のお支払いのうち${back}を、お支払いに使われたカードまたは口座に返金しました。明細に反映されるまで5〜10日ほどかかります。お支払いの履歴はこちらでご覧いただけます。`,
    tail: 'お心当たりがない場合は、このメールにご返信ください。',
  },
  ended: {
    subject: (plan) => `${plan}は終了しました`,
    cancelled: (plan) =>
      `お申し込みのとおり、${plan}は終了しました。今後の請求はありません。またのご利用はこちらから。`,
    unpaid: (plan) =>
      `料金のお支払いが確認できなかったため、${plan}は終了しました。今後の請求はありません。またのご利用はこちらから。`,
    refunded: (plan) => `${plan}は終了し、お支払いいただいた料金を返金しました。またのご利用はこちらから。`,
    tail: 'アカウントはそのまま残ります。リスト、視聴履歴、購入した作品も失われません。',
  },
};

export const words = { en, ja };
