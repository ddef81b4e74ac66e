// What people type, and what they mean: a main name of the known titles | queries for it. Each has to find it among all 8,483 others.

export type Query = { kind: string; q: string; finds: string };

export const parsed = (text: string): Query[] => {
  let kind = '';
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('--- ')) {
        kind = line.slice(4);
        return [];
      }
      const [finds = '', queries = ''] = line.split(' | ');
      return queries.split(' ; ').map((q) => ({ kind, q, finds }));
    });
};

export const knownQueries: readonly Query[] = parsed(`
--- exact
Shingeki no Kyojin | Shingeki no Kyojin ; 進撃の巨人 ; Attack on Titan ; shingeki no kyojin
Kimetsu no Yaiba | kimetsu no yaiba ; 鬼滅の刃
Sousou no Frieren | Sousou no Frieren ; 葬送のフリーレン ; Frieren: Beyond Journey's End
Cowboy Bebop | cowboy bebop ; カウボーイビバップ
Steins;Gate | steins;gate ; Steins Gate ; steinsgate
Oshi no Ko | oshi no ko ; 【推しの子】 ; 推しの子
86 | 86 ; eighty six
K-ON! | k-on ; K-On! ; kon ; keion
Kimi no Na wa. | kimi no na wa ; your name ; 君の名は
--- abbreviation
Shingeki no Kyojin | SnK ; AoT ; snk ; aot
Kimetsu no Yaiba | KnY ; kny
Boku no Hero Academia | BnHA ; MHA
Fullmetal Alchemist: Brotherhood | FMAB ; hagaren
Neon Genesis Evangelion | NGE ; eva
Hunter x Hunter (2011) | HxH
Sword Art Online | SAO ; sao
Sword Art Online II | SAO2
One Punch Man | OPM
Jujutsu Kaisen | JJK
Tengen Toppa Gurren Lagann | TTGL
Koukaku Kidoutai | GitS
Kono Subarashii Sekai ni Shukufuku wo! | konosuba ; このすば
Re:Zero kara Hajimeru Isekai Seikatsu | rezero ; リゼロ ; re zero
Tensei shitara Slime Datta Ken | tensura ; 転スラ
Yahari Ore no Seishun Love Comedy wa Machigatteiru. | oregairu ; 俺ガイル
Ano Hi Mita Hana no Namae wo Bokutachi wa Mada Shiranai. | anohana ; あの花
Mahou Shoujo Madoka★Magica | PMMM
Violet Evergarden | VE
Mob Psycho 100 | mp100
Kimi no Na wa. | knnw
Houseki no Kuni | hnk
Non Non Biyori | nnb
--- romaji
Gekkan Shoujo Nozaki-kun | gekkan shōjo nozaki-kun ; gekkan shojo nozaki kun ; Gekkan Shoujo Nozakikun
Shoujo Kakumei Utena | shōjo kakumei utena ; shojo kakumei utena
Suzumiya Haruhi no Yuuutsu | suzumiya haruhi no yūutsu ; suzumiya haruhi no yuutsu ; suzumiya haruhi no yuuutsu
Ookami to Koushinryou | ōkami to kōshinryō ; okami to koshinryo ; ookami to koushinryou ; ohkami to koushinryou
Shingeki no Kyojin | しんげきのきょじん ; shingekinokyojin ; シンゲキノキョジン
Tonari no Totoro | となりのトトロ ; tonari no totoro ; となりのととろ
Cowboy Bebop | かうぼーいびばっぷ ; kaubooi bibappu
Violet Evergarden | ヴァイオレットエヴァーガーデン ; vaioretto evaagaaden
Bocchi the Rock! | botchi za rokku ; bocchi za rokku ; ぼっちざろっく
Sousou no Frieren | sōsō no frieren ; soso no frieren ; sousou no furiiren
Sen to Chihiro no Kamikakushi | sen to chihiro no kamikakushi ; sentochihiro
Koukaku Kidoutai | kōkaku kidōtai ; kokaku kidotai
JoJo no Kimyou na Bouken | jojo no kimyo na boken ; jojo no kimyō na bōken
Yuru Camp△ | yuru camp ; ゆるきゃん ; yurukyan
Hauru no Ugoku Shiro | hauru no ugoku shiro ; howls moving castle
Kidou Senshi Gundam | kido senshi gundam ; kidō senshi gundam
Bishoujo Senshi Sailor Moon | bishojo senshi sailor moon ; bishōjo senshi seeraamuun
Mahou Shoujo Madoka★Magica | mahō shōjo madoka magica ; mahou shoujo madoka magika
Non Non Biyori | nonnonbiyori ; のんのんびより ; ノンノンビヨリ
--- season
Shingeki no Kyojin Season 2 | shingeki no kyojin 2 ; shingeki no kyojin 2nd season ; shingeki no kyojin s2 ; attack on titan season 2 ; attack on titan second season ; 進撃の巨人 第2期 ; 進撃の巨人 二期 ; 進撃の巨人 シーズン2 ; aot season 2
Shingeki no Kyojin Season 3 Part 2 | shingeki no kyojin season 3 part 2 ; attack on titan s3 part 2 ; attack on titan 3rd season part ii ; 進撃の巨人 第3期 第2クール
Jujutsu Kaisen 2nd Season | jujutsu kaisen season 2 ; jujutsu kaisen 2 ; jujutsu kaisen ii ; 呪術廻戦 2期 ; 呪術廻戦 第二期
Spy x Family Part 2 | spy x family part 2 ; spy family cour 2 ; spy x family 2nd cour ; SPY×FAMILY 第2クール
Boku no Hero Academia 2nd Season | my hero academia season 2 ; boku no hero academia 2 ; my hero academia s2
Mob Psycho 100 II | mob psycho 100 season 2 ; mob psycho 2 ; モブサイコ100 第2期
Ookami to Koushinryou II | spice and wolf season 2 ; spice and wolf 2 ; 狼と香辛料 第二期
K-ON!! | k-on season 2 ; K-On!!
Bocchi the Rock! | bocchi the rock season 1 ; bocchi the rock 2
Sousou no Frieren | frieren season 2 part 2 ; frieren s2
--- roman
Mob Psycho 100 II | Mob Psycho 100 II ; mob psycho 100 2 ; モブサイコ100 Ⅱ ; モブサイコ100 2
Mob Psycho 100 III | mob psycho 100 iii ; mob psycho 100 3 ; モブサイコ100 Ⅲ ; モブサイコ100 III
Sword Art Online II | sword art online 2 ; sword art online ii ; ソードアート・オンラインⅡ ; ソードアート・オンライン2
Ookami to Koushinryou II | 狼と香辛料Ⅱ ; 狼と香辛料2 ; okami to koshinryo 2
--- width
Spy x Family | ＳＰＹ×ＦＡＭＩＬＹ ; spy family ; ｓｐｙ　ｘ　ｆａｍｉｌｙ ; SPY X FAMILY
86 | ８６ ; ８６―エイティシックス
Dr. Stone | Ｄｒ．ＳＴＯＮＥ ; dr stone ; DR.STONE
Hunter x Hunter (2011) | ＨＵＮＴＥＲ×ＨＵＮＴＥＲ ; hunter hunter ; HUNTER×HUNTER
Cowboy Bebop | ｶｳﾎﾞｰｲﾋﾞﾊﾞｯﾌﾟ
Kidou Senshi Gundam | 機動戦士ｶﾞﾝﾀﾞﾑ
Mahou Shoujo Madoka★Magica | 魔法少女まどかマギカ ; まどか☆マギカ ; まどか★マギカ
Ookami to Koushinryou | spice & wolf ; SPICE ＆ WOLF ; spice and wolf
--- words
Kidou Senshi Gundam: Suisei no Majo | suisei no majo ; witch from mercury ; gundam witch mercury ; 水星の魔女
Kimetsu no Yaiba: Yuukaku-hen | entertainment district ; yuukaku ; 遊郭編
Kaguya-sama wa Kokurasetai: Tensai-tachi no Renai Zunousen | love is war ; kaguya ; kokurasetai ; かぐや様 ; 恋愛頭脳戦
Sousou no Frieren | frieren ; journey's end ; フリーレン
Shingeki no Kyojin: The Final Season | attack on titan final season ; final season
Suzumiya Haruhi no Yuuutsu | haruhi ; haruhi suzumiya ; melancholy ; ハルヒ
Tengen Toppa Gurren Lagann | gurren lagann ; lagann gurren ; グレンラガン
Tensei shitara Slime Datta Ken | reincarnated as a slime ; slime ; スライム
Sen to Chihiro no Kamikakushi | spirited ; 神隠し ; 千尋
Gekkan Shoujo Nozaki-kun | nozaki ; nozakikun ; 野崎くん
Houseki no Kuni | lustrous ; land of the lustrous ; 宝石
Hauru no Ugoku Shiro | moving castle ; ハウル
--- typo
Neon Genesis Evangelion | evangleion ; neon genesis evangelian ; evangelon
Shingeki no Kyojin | shingeki no kyojn ; shigneki no kyojin ; atack on titan ; attack on tittan
Fullmetal Alchemist: Brotherhood | full metal alchemist ; fulmetal alchmist ; fullmetal alchemist brotherhod
Violet Evergarden | violet evergarten ; voilet evergarden ; violet everdarden
Jujutsu Kaisen | jujutsu kaizen ; jujitsu kaisen ; jujutus kaisen
Kimetsu no Yaiba | kimestu no yaiba ; kimetsu no yiaba ; demon slyer
Chainsaw Man | chansaw man ; chainsawman ; chain saw man
Bocchi the Rock! | bochi the rock ; bocchi teh rock
Sousou no Frieren | freiren ; friren ; sousou no freiren
Tengen Toppa Gurren Lagann | guren lagan ; gurren laggan
Koukaku Kidoutai | ghost in the shel ; gost in the shell
Shoujo Kakumei Utena | revolutionary girl utna`);
