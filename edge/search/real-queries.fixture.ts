import { parsed, type Query } from './queries.fixture.ts';

// Drawn from npm `bangumi-data` (CC BY 4.0) with a seed, as the bench draws many more (ops/bench/search.ts): typos where they fell,
// beginnings and parts that at most ten titles have. The name of a title | a query for it.

export const realQueries: readonly Query[] = parsed(`
--- any name
BanG Dream! ガルパ☆ピコ ふぃーばー！ | BanG Dream! 少女乐团派对！☆PICO FEVER！
Dies irae | Dies irae 神怒之日
ワールドトリガー | 境界觸發者
機動戦士ガンダム00 スペシャルエディション | 機動戦士ガンダム00 スペシャルエディション
翠星のガルガンティア | 翠星的Gargantia
だがしかし2 | 粗点心战争2
アウトブレイク・カンパニー | アウトブレイク・カンパニー
Fate/kaleid liner プリズマ☆イリヤ | 魔法少女伊莉雅
劇場版すとぷり はじまりの物語～Strawberry School Festival!!!～ | 劇場版すとぷり はじまりの物語～Strawberry School Festival!!!～
どろろ | 多罗罗
北斗の拳 -FIST OF THE NORTH STAR- | 北斗神拳 -FIST OF THE NORTH STAR-
スーパーロボット大戦OG ディバイン・ウォーズ | 超级机器人大战OG 圣战
ドン・チャック物語 | ドン・チャック物語
そらのおとしものf | 天降之物f
デジモンクロスウォーズ | 数码宝贝大会战
3×3 EYES | 三只眼
B: The Beginning | B: The Beginning
ウルトラヴァイオレット コード044 | ウルトラヴァイオレット コード044
年をとった鰐 | 年をとった鰐
ロード オブ ヴァーミリオン 紅蓮の王 | 紅蓮之王
萌えCanちぇんじ! | 萌幻变身
ロックマンエグゼ | 网络英雄洛克人
あいうら | AIURA
四畳半神話大系 | 四疊半神話大系
FARMAGIA | FARMAGIA
BanG Dream! FILM LIVE 2nd Stage | BanG Dream! FILM LIVE 2nd Stage
--- beginning
ウマ娘 プリティーダービー 新時代の扉 | ウマ娘 プリティーダービ
Four of a kind | Four of a
勇者になれなかった俺はしぶしぶ就職を決意しました。 | 没能成为勇者的我无可奈
CLANNAD もうひとつの世界 智代編 | CLANNAD 另一个
WHITE ALBUM Second season | 白色相簿 下
さんかく窓の外側は夜 | さんかく窓の
デュラララ!!×2 転 お惚気チャカポコ | 无头骑士异闻录×2 转
ニャイト・オブ・ザ・リビングキャット | ニャイト・オブ・ザ・リ
名探偵コナン 100万ドルの五稜星 | 名探偵コナン 100万
世界一初恋～プロポーズ編～ | 世界一初戀～
スカイガールズ(TVシリーズ) | スカイガールズ(T
Thunderbolt Fantasy 東離劍遊紀 3 | Thunderbolt Fanta
君のいる町 OAD | 君のいる町
映画 五等分の花嫁 | 映画 五等分
遊☆戯☆王SEVENS | 游戏王SEV
あしたへアタック | あしたへア
劇場版 Fate/stay night [Heaven's Feel] III.spring song | Fate/stay night [Heaven's
Obey Me! | Obey
さよならの朝に約束の花をかざろう | 道別的早晨就用約定
この素晴らしい世界に祝福を！2 | 為美好的世界獻上
SUPER LOVERS | SUPER LO
勇者ライディーン | 勇者ライデ
剣風伝奇ベルセルク | 剣風伝奇ベル
GAMBA ガンバと仲間たち | GAMBA与
不肖・秋山優花里の戦車講座 | 不肖・秋山優花里
天地無用! 魎皇鬼 第二期 | 天地无用! 魉皇
--- one typo
うちの3姉妹 | ぇちの3姉妹
小公女セイラ | 小公間女セイラ
正反対な君と僕 | 相反你和我
時光代理人 -LINK CLICK- | 時光代理人 -LNK CLICK-
映像研には手を出すな！ | Kegp Your Hands Off Eizouken!
ちいかわ | Chikawa
科学×冒険サバイバル！(第2シリーズ) | 科学×冒険サバイバ！ル(第2シリーズ)
ピカチュウのふゆやすみ | 皮卡丘間放寒假啰
齢5000年の草食ドラゴン、いわれなき邪竜認定 | 食老草龙被冠以恶龙之名
はじめてのギャル | 辣妹與我間的第一次
金色のコルダ ～primo passo～ | 金色琴弦～prrimo passo～
文豪ストレイドッグス DEAD APPLE | 文豪ストレイドッグス DAED APPLE
クラスの大嫌いな女子と結婚することになった。 | 我和班上最讨厌女的生结婚了。
あはれ！名作くん(第6期) | 做間很好！名作君 第六季
苺ましまろ OVA | 莓草棉花糖 OVA 第1期
キン肉マンII世 マッスル人参争奪! 超人大戦争 | キン肉マンII世 マッスル間人参争奪! 超人大戦争
プレイタの傷 | Praeter間之傷
人生ベストテン | 人生Bjst Ten
東京ミュウミュウ にゅ～♡(第2期) | TOKY MEW MEW NEW
戦姫絶唱シンフォギアG | 战姬绝唱SYMPHOGAR G
ボスコアドベンチャー | ボスコアドベンチーャ
銀河英雄伝説 Die Neue These 激突 第2章 | 银河英雄传说 Die eNue These 激突 第2章
リラックマと遊園地 | リラッマクと遊園地
UniteUp! -Uni:Birth- | UniteU!p -Uni:Birth-
一騎当千 Extravaganza Epoch | 一騎当千 Etxravaganza Epoch
美少女戦士セーラームーン | 美少間戦士セーラームーン
--- two typos
空を見上げる少女の瞳に映る世界 | 仰望天間的少女瞳間中的世界
僕の彼女がマジメ過ぎる処女ビッチな件 OAD | 僕の彼女マジ過ぎる処女ビッチな件 OAD
七つの大罪 憤怒の審判 | The Seven Deadl ySins Dragon'sl Judgement
HELLSING OVA | 皇家国教骑团士 OzVA
ダイヤのA actII -Second Season- | 钻石王牌 acts2 二第季
OH!スーパーミルクチャン | O!スーパーミルグクチャン
宝石商リチャード氏の謎鑑定 | 寶石間商理人察的謎鑑定
学戦都市アスタリスク 2nd SEASON | 学間战市Asterisk 2期
ノエイン もうひとりの君へ | ノエイン もぇうひとるの君へ
探検ドリランド-1000年の真宝- | 探险DIRLAND 1000的真宝
シャングリラ・フロンティア～クソゲーハンター、神ゲーに挑まんとす～ 2nd season | 香格里拉·開間異境～糞作獵手挑戰神作～ 第季
劇場版ポケットモンスター キミにきめた! | 剧场版精灵宝間梦 决就定是你了！
ワンピース エピソード・オブ・ナミ～航海士の涙と仲間の絆～ | ワンピースi エピソード・オブ・ナミ～航海士の涙と仲間は絆～
ゾゾゾ ゾンビーくん | ゾゾゾ ゾヴピビーくん
アズールレーン びそくぜんしんっ！ | 碧蓝航线微q：速前行！
プリンセス・プリンシパル Crown Handler 第3章 | 公主代理人 CrownHandler 間3章
ハイスクールD×D HERO | Hih Schooln D×D HERO
異世界ゆるり紀行 ～子育てしながら冒険者します～ | 異世界悠閒紀行～邊養間娃邊當冒間者～
The Transformers: The Rebirth | The Transformes: Teh Rebirth
プリティーリズム・オールスターセレクション | プティーリズム・オールタスーセレクション
K SEVEN STORIES Episode 3「SIDE:GREEN ～上書き世界～」 | K SEVEN SORIES Episode 3「SIDE:GREEN ～上書き間界～」
最強王図鑑 ～The Ultimate Battles～ | 最強王図鑑 ～The Ulitmatr Battles～
ONE PIECE 呪われた聖剣 | OE PIEC 呪われた聖剣
名探偵コナン 14番目の標的 | 名探コナン 4番目の標的
Heroes: Legend of the Battle Disks | Heroes: Lpegend of the Batle Disks
あの日見た花の名前を僕達はまだ知らない。 | Anohanp: The Flowre We Saw That Day
--- four letters of Japanese
絢爛舞踏祭ザ・マーズ・デイブレイク | イブレイ
フリージング | フリージ
魔道祖师Q | 魔道祖师
劇場版 灼眼のシャナ | のシャナ
ハコヅメ～交番女子の逆襲～ | ハコヅメ
神在月のこども | 月のこど
美男高校地球防衛部LOVE! LOVE! | 地球防衛
トモちゃんは女の子！ | ゃんは女
クレヨンしんちゃん 激突! ラクガキングダムとほぼ四人の勇者 | 人の勇者
ストロベリー・パニック | ストロベ
名探侦コナンvs.怪盗キッド | 侦コナン
鎧伝サムライトルーパー MESSAGE | ムライト
アップルシード XIII 〜預言〜 | ップルシ
アルカナ・ファミリア | アルカナ
クレヨンしんちゃん 襲来!! 宇宙人シリリ | 宙人シリ
不死身な僕の日常　シーズン3 | な僕の日
製品用途擬人化劇場 ピュアスキンジェリー邸の潤わしき人々 | ジェリー
ぷにるはかわいいスライム | はかわい
アクエリオンロゴス | クエリオ
みにとじ | みにとじ
戦国☆パラダイス-極- | パラダイ
ゴブリンスレイヤー GOBLIN’S CROWN | ゴブリン
ソニックＸ | ソニック
ぱんきす！2次元 | ぱんきす
薄桜鬼～御伽草子～ | 御伽草子
味方が弱すぎて補助魔法に徹していた宮廷魔法師、追放されて最強を目指す | 補助魔法
--- two kanji
土管くん何かの絵描き歌 | 土管
犬夜叉 完結編 | 夜叉
人類は衰退しました | 人類
奴隷区 The Animation | 奴隷
それいけ! アンパンマン 怪傑ナガネギマンとやきそばパンマン | 怪傑
陽あたり良好！ | 良好
サクラ大戦 轟華絢爛 | 轟華
農民関連のスキルばっか上げてたら何故か強くなった。 | 何故
 映画 佐々木と宮野ー卒業編ー | 佐々
狐妖小红娘 | 小红
映画大好きポンポさん | 画大
安寿と厨子王丸 | 子王
磯部磯兵衛物語 | 衛物
セイント・ビースト～聖獣降臨編～ | 降臨
若草の四姉妹 | 四姉
さんかく窓の外側は夜 | 外側
めぞん一刻 完結篇 | 結篇
ちおちゃんの通学路 | 通学
Lv2からチートだった元勇者候補のまったり異世界ライフ | 者候
吸血姫美夕 OVA | 美夕
がんばれ!!タブチくん!! 第2弾 激闘ペナントレース | 激闘
健全ロボ ダイミダラー | 健全
高宮なすのです！～てーきゅうスピンオフ～ | 高宮
B-PROJECT～絶頂＊エモーション～ | 絶頂
黒の召喚士 | 召喚
DARKER THAN BLACK -黒の契約者- 外伝 | 契約`);
