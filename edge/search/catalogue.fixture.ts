import type { Person } from '../../schema/db/catalog.ts';
import type { Id } from '../../schema/ids.ts';
import { sourcesOf } from './texts.ts';

/** A title as search sees it. */
export type Entry = {
  id: Id<'title'>;
  main: string;
  native: string | null;
  english: string | null;
  synonyms: string[];
  translations: { locale: string; name: string }[];
  people: Person[];
  year: number;
};

const entry = (id: string, fields: Pick<Entry, 'main' | 'year'> & Partial<Entry>): Entry => ({
  native: null,
  english: null,
  synonyms: [],
  translations: [],
  people: [],
  ...fields,
  id: `ttl_${id}`,
});

/** Every name that it goes by. */
export const namesOf = ({ main, native, english, synonyms, translations }: Entry): string[] =>
  [main, native, english, ...synonyms, ...translations.map(({ name }) => name)].filter(
    (name) => name !== null,
  );

// What fans know by many names: in romaji | in Japanese | in English | also | year.
const KNOWN = `
Shingeki no Kyojin | 進撃の巨人 | Attack on Titan | | 2013
Shingeki no Kyojin Season 2 | 進撃の巨人 Season 2 | Attack on Titan Season 2 | | 2017
Shingeki no Kyojin Season 3 | 進撃の巨人 Season 3 | Attack on Titan Season 3 | | 2018
Shingeki no Kyojin Season 3 Part 2 | 進撃の巨人 Season 3 Part.2 | Attack on Titan Season 3 Part 2 | | 2019
Shingeki no Kyojin: The Final Season | 進撃の巨人 The Final Season | Attack on Titan: The Final Season | | 2020
Kimetsu no Yaiba | 鬼滅の刃 | Demon Slayer: Kimetsu no Yaiba | | 2019
Kimetsu no Yaiba: Yuukaku-hen | 鬼滅の刃 遊郭編 | Demon Slayer: Entertainment District Arc | | 2021
Boku no Hero Academia | 僕のヒーローアカデミア | My Hero Academia | | 2016
Boku no Hero Academia 2nd Season | 僕のヒーローアカデミア 第2期 | My Hero Academia Season 2 | | 2017
Fullmetal Alchemist: Brotherhood | 鋼の錬金術師 FULLMETAL ALCHEMIST | Fullmetal Alchemist: Brotherhood | Hagane no Renkinjutsushi; FMAB; Hagaren | 2009
Neon Genesis Evangelion | 新世紀エヴァンゲリオン | Neon Genesis Evangelion | Shinseiki Evangelion; EVA | 1995
Cowboy Bebop | カウボーイビバップ | Cowboy Bebop | | 1998
Sousou no Frieren | 葬送のフリーレン | Frieren: Beyond Journey's End | Frieren at the Funeral | 2023
Jujutsu Kaisen | 呪術廻戦 | Jujutsu Kaisen | Sorcery Fight; JJK | 2020
Jujutsu Kaisen 2nd Season | 呪術廻戦 第2期 | Jujutsu Kaisen Season 2 | | 2023
Spy x Family | SPY×FAMILY | Spy x Family | | 2022
Spy x Family Part 2 | SPY×FAMILY 第2クール | Spy x Family Part 2 | | 2022
Mob Psycho 100 | モブサイコ100 | Mob Psycho 100 | | 2016
Mob Psycho 100 II | モブサイコ100 Ⅱ | Mob Psycho 100 II | | 2019
Mob Psycho 100 III | モブサイコ100 Ⅲ | Mob Psycho 100 III | | 2022
One Punch Man | ワンパンマン | One-Punch Man | | 2015
Hunter x Hunter (2011) | HUNTER×HUNTER (2011) | Hunter x Hunter | | 2011
Sword Art Online | ソードアート・オンライン | Sword Art Online | | 2012
Sword Art Online II | ソードアート・オンラインⅡ | Sword Art Online II | | 2014
Re:Zero kara Hajimeru Isekai Seikatsu | Re:ゼロから始める異世界生活 | Re:ZERO -Starting Life in Another World- | ReZero; リゼロ | 2016
Kono Subarashii Sekai ni Shukufuku wo! | この素晴らしい世界に祝福を！ | KonoSuba: God's Blessing on This Wonderful World! | このすば | 2016
Kaguya-sama wa Kokurasetai: Tensai-tachi no Renai Zunousen | かぐや様は告らせたい～天才たちの恋愛頭脳戦～ | Kaguya-sama: Love is War | | 2019
Violet Evergarden | ヴァイオレット・エヴァーガーデン | Violet Evergarden | | 2018
Kimi no Na wa. | 君の名は。 | Your Name. | | 2016
Sen to Chihiro no Kamikakushi | 千と千尋の神隠し | Spirited Away | | 2001
Tonari no Totoro | となりのトトロ | My Neighbor Totoro | | 1988
Hauru no Ugoku Shiro | ハウルの動く城 | Howl's Moving Castle | | 2004
Koukaku Kidoutai | 攻殻機動隊 | Ghost in the Shell | GitS | 1995
K-ON! | けいおん! | K-ON! | Keion | 2009
K-ON!! | けいおん!! | K-ON! Season 2 | | 2010
Bocchi the Rock! | ぼっち・ざ・ろっく！ | Bocchi the Rock! | | 2022
Chainsaw Man | チェンソーマン | Chainsaw Man | | 2022
Dr. Stone | Dr.STONE | Dr. Stone | | 2019
Dr. Stone: Stone Wars | Dr.STONE STONE WARS | Dr. Stone Season 2 | | 2021
86 | 86―エイティシックス― | 86 EIGHTY-SIX | Eighty Six | 2021
Steins;Gate | STEINS;GATE | Steins;Gate | Steins Gate | 2011
Tengen Toppa Gurren Lagann | 天元突破グレンラガン | Gurren Lagann | TTGL | 2007
Suzumiya Haruhi no Yuuutsu | 涼宮ハルヒの憂鬱 | The Melancholy of Haruhi Suzumiya | | 2006
Gekkan Shoujo Nozaki-kun | 月刊少女野崎くん | Monthly Girls' Nozaki-kun | | 2014
Shoujo Kakumei Utena | 少女革命ウテナ | Revolutionary Girl Utena | | 1997
Ookami to Koushinryou | 狼と香辛料 | Spice and Wolf | | 2008
Ookami to Koushinryou II | 狼と香辛料II | Spice and Wolf II | | 2009
Tensei shitara Slime Datta Ken | 転生したらスライムだった件 | That Time I Got Reincarnated as a Slime | Tensura; 転スラ | 2018
Yahari Ore no Seishun Love Comedy wa Machigatteiru. | やはり俺の青春ラブコメはまちがっている。 | My Teen Romantic Comedy SNAFU | Oregairu; 俺ガイル | 2013
Ano Hi Mita Hana no Namae wo Bokutachi wa Mada Shiranai. | あの日見た花の名前を僕達はまだ知らない。 | Anohana: The Flower We Saw That Day | あの花 | 2011
Fruits Basket | フルーツバスケット | Fruits Basket | | 2001
Fruits Basket (2019) | フルーツバスケット (2019) | Fruits Basket | | 2019
Oshi no Ko | 【推しの子】 | Oshi no Ko | My Star | 2023
Bishoujo Senshi Sailor Moon | 美少女戦士セーラームーン | Sailor Moon | | 1992
Kidou Senshi Gundam | 機動戦士ガンダム | Mobile Suit Gundam | | 1979
Kidou Senshi Gundam: Suisei no Majo | 機動戦士ガンダム 水星の魔女 | Mobile Suit Gundam: The Witch from Mercury | GWitch | 2022
JoJo no Kimyou na Bouken | ジョジョの奇妙な冒険 | JoJo's Bizarre Adventure | | 2012
Yuru Camp△ | ゆるキャン△ | Laid-Back Camp | | 2018
Non Non Biyori | のんのんびより | Non Non Biyori | | 2013
Houseki no Kuni | 宝石の国 | Land of the Lustrous | | 2017
Mahou Shoujo Madoka★Magica | 魔法少女まどか☆マギカ | Puella Magi Madoka Magica | PMMM | 2011`;

export const known: readonly Entry[] = KNOWN.trim()
  .split('\n')
  .map((line, i) => {
    const [main = '', native = '', english = '', also = '', year = ''] = line.split('|').map((s) => s.trim());
    const synonyms = also === '' ? [] : also.split(';').map((s) => s.trim());
    return entry(`known${String(i).padStart(4, '0')}`, {
      main,
      native,
      english,
      synonyms,
      year: Number(year),
    });
  });

/** What is read of npm `bangumi-data` (CC BY 4.0, https://github.com/bangumi-data/bangumi-data): 8,483 anime in Japanese, Chinese, English. */
export type Bangumi = {
  items: { title: string; titleTranslate: Record<string, string[] | undefined>; begin: string }[];
};
export const realCatalogue = ({ items }: Bangumi): Entry[] =>
  items.map(({ title, titleTranslate, begin }, i) => {
    const [english = null, ...otherEnglish] = titleTranslate['en'] ?? [];
    const [chinese, ...others] = [...(titleTranslate['zh-Hans'] ?? []), ...(titleTranslate['zh-Hant'] ?? [])];
    return entry(`real${String(i).padStart(6, '0')}`, {
      main: title,
      english,
      synonyms: [...otherEnglish, ...others],
      translations: chinese === undefined ? [] : [{ locale: 'zh', name: chinese }],
      year: Number(begin.slice(0, 4)),
    });
  });

const LOT = 500;
/** Writes titles and their index, many a statement. Everybody may see them. */
export async function fill(d1: D1Database, list: readonly Entry[]): Promise<void> {
  const title = d1.prepare(`insert into titles
    (id, slug, kind, name_main, name_native, name_english, synonyms, people, status, year, age_rating, shown_in, created_at, updated_at)
    select value ->> 'id', value ->> 'id', 'series', value ->> 'main', value ->> 'native', value ->> 'english', value -> 'synonyms',
      value -> 'people', 'finished', value ->> 'year', 'all', '*', 0, 0 from json_each(?)`);
  const translation = d1.prepare(`insert into title_translations (title_id, locale, name)
    select value ->> 'id', value ->> 'locale', value ->> 'name' from json_each(?)`);
  const text = d1.prepare(`insert into search_texts (title_id, source, part, text, latin, native, tokens)
    select value ->> 'id', value ->> 'source', value ->> 'part', value ->> 'text', value ->> 'latin', value ->> 'native',
      value ->> 'tokens' from json_each(?)`);
  for (let from = 0; from < list.length; from += LOT) {
    const lot = list.slice(from, from + LOT);
    const texts = lot.flatMap(({ id, main, native, english, synonyms, translations, people }) =>
      sourcesOf({
        nameMain: main,
        nameNative: native,
        nameEnglish: english,
        synonyms,
        translations,
        people,
      }).flatMap((source) => source.texts.map((of) => ({ id, ...of }))),
    );
    const translations = lot.flatMap((of) => of.translations.map((one) => ({ id: of.id, ...one })));
    await d1.batch([
      title.bind(JSON.stringify(lot)),
      translation.bind(JSON.stringify(translations)),
      text.bind(JSON.stringify(texts)),
    ]);
  }
}
