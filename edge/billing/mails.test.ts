import { expect, it } from 'vitest';
import { moneyMail, type MoneyMail } from './mails.ts';

const day = Date.UTC(2026, 10, 30);
const yen = { amount: 980, currency: 'jpy' };
const every: MoneyMail[] = [
  { kind: 'payment-failed', plan: 'Standard', owed: yen, until: day },
  { kind: 'trial-ends', plan: 'Standard', at: day, costs: yen, interval: 'month' },
  { kind: 'receipt', what: 'Standard', paid: yen, until: day },
  { kind: 'receipt', what: 'Kaze no Iro', paid: yen, until: null },
  { kind: 'refunded', what: 'Kaze no Iro', back: yen },
  { kind: 'ended', plan: 'Standard', because: 'cancelled' },
  { kind: 'ended', plan: 'Standard', because: 'unpaid' },
  { kind: 'ended', plan: 'Standard', because: 'refunded' },
];
const letter = (acceptLanguage: string | null) => ({
  to: 'natsu@engawa.test',
  origin: 'https://engawa.test',
  acceptLanguage,
});

it.each(every)('$kind says what, how much and when, in both languages, with one way on', (mail) => {
  for (const [language, amount, written] of [
    ['ja', '￥980', '2026年11月30日'],
    ['en', '¥980', 'November 30, 2026'],
  ] as const) {
    const { subject, text, html, link } = moneyMail(mail, letter(language));
    expect(text.match(/https:\S+/g)).toEqual([link]);
    expect(html).toContain(`href="${link}"`);
    expect(text).toContain('plan' in mail ? mail.plan : mail.what);
    const told = JSON.stringify(mail);
    expect((subject + text).includes(amount)).toBe(told.includes('980'));
    expect(text.includes(written)).toBe(told.includes(String(day)));
    expect(`${subject}${text}`).not.toContain('undefined');
  }
});

it('is in English for whoever reads neither', () => {
  expect(moneyMail(every[0]!, letter(null)).subject).toBe('Your payment did not go through · Engawa');
  expect(moneyMail(every[0]!, letter('fr,en')).subject).toBe('Your payment did not go through · Engawa');
});
