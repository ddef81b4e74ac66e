import { expect, it } from 'vitest';
import { languageOf } from './language.ts';

it('takes languages from any of the codes that containers use', () => {
  const tags = ['jpn', 'ger', 'fre', 'pt-BR', 'zh_Hant', 'und', '', 'not a language', undefined];
  const languages = ['ja', 'de', 'fr', 'pt-BR', 'zh-Hant', 'und', 'und', 'und', 'und'];
  expect(tags.map(languageOf)).toEqual(languages);
});
