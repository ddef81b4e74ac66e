import { expect, it } from 'vitest';
import { ownPath } from './own-path.ts';

const origins = ['https://engawa.example', 'http://localhost:8787'] as const;
it.each([
  ['https://engawa.example/titles/kaze-no-iro', '/titles/kaze-no-iro'],
  ['https://engawa.example/titles/kaze-no-iro?lang=ja#s2', '/titles/kaze-no-iro?lang=ja'],
  ['HTTPS://ENGAWA.example/watch/ep_1', '/watch/ep_1'],
  ['engawa.example/watch/ep_1', '/watch/ep_1'],
  ['localhost:8787/watch/ep_1', '/watch/ep_1'],
  ['/images/abc.png', '/images/abc.png'],
  ['https://engawa.example/', null],
  ['https://engawa.example', null],
  ['https://engawa.example.evil.example/titles/a', null],
  ['https://engawa.example@evil.example/titles/a', null],
  ['//evil.example/titles/a', null],
  ['/\\evil.example/titles/a', null],
  ['https://evil.example/titles/a', null],
  ['javascript:alert(1)', null],
  ['titles/kaze', null],
  ['https://[', null],
  ['', null],
])('%s is %s', (text, path) => {
  expect(ownPath(text, origins)).toBe(path);
});
