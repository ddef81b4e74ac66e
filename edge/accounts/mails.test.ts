import { describe, expect, it } from 'vitest';
import { call } from '../testing/call.ts';
import { codeMail, notice, type CodeMail, type Letter, type Notice } from './mails.ts';

const letter = (acceptLanguage: string | null, to = 'mio+anime@private.test'): Letter => ({
  to,
  origin: 'https://engawa.test',
  acceptLanguage,
});
const codes: CodeMail[] = ['verify', 'sign-in', 'reset', 'change-email'];
const notices: Notice[] = [
  'has-account',
  'password-changed',
  'email-changed',
  'second-factor-on',
  'second-factor-off',
  'passkey-added',
];
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

describe.each(['en', 'ja'])('in %s', (language) => {
  it.each(codes)('%s has its code and its link, in text and in HTML', (kind) => {
    const mail = codeMail(kind, '012345', letter(language));
    expect(mail.code).toBe('012345');
    expect(mail.subject).toMatch(/^012345 – .+ · Engawa$/);
    for (const part of [mail.code!, mail.link!]) expect(mail.text).toContain(part);
    expect(mail.html).toContain('<b>012345</b>');
    expect(mail.html).toContain(`href="${mail.link!.replaceAll('&', '&amp;')}"`);
    expect(JAPANESE.test(mail.subject + mail.text)).toBe(language === 'ja');
    // What stands after the `#` is sent to no server.
    expect(new URL(mail.link!).search).toBe('');
    expect(new URLSearchParams(new URL(mail.link!).hash.slice(1)).get('code')).toBe('012345');
  });

  it.each(codes)('the link of %s leads to a page, or to signing in before it', async (kind) => {
    const { pathname } = new URL(codeMail(kind, '012345', letter(language)).link!);
    const answer = await call('GET', pathname);
    expect([200, 303]).toContain(answer.status);
  });

  it('a code that belongs to the page which asked for it leads nowhere else', () => {
    const mail = codeMail('step-up', '012345', letter(language));
    expect(mail.text).toContain('012345');
    expect(mail.text + mail.html).not.toContain('https:');
    expect(mail.link).toBeUndefined();
    expect(JAPANESE.test(mail.subject + mail.text)).toBe(language === 'ja');
  });

  it.each(notices)('%s says what was done, and holds no code', (kind) => {
    const mail = notice(kind, letter(language));
    expect(mail.code).toBeUndefined();
    expect(mail.text).not.toMatch(/\d{6}/);
    expect(JAPANESE.test(mail.subject)).toBe(language === 'ja');
  });
});

it('is English where nothing that we write was asked for', () => {
  for (const language of [null, '', '*', 'de-DE, fr;q=0.5', ';;;', 'xx'.repeat(1000)])
    expect(JAPANESE.test(codeMail('verify', '012345', letter(language)).text)).toBe(false);
});

it('carries an address to its link so that it comes back as it was, and cannot break out of the HTML', () => {
  const to = '"><script>&"@private.test';
  const mail = codeMail('reset', '012345', letter('en', to));
  expect(new URLSearchParams(new URL(mail.link!).hash.slice(1)).get('email')).toBe(to);
  expect(mail.html).not.toContain('<script');
});
