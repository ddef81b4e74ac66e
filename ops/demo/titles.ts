import { ashitaHare } from './titles/ashita-hare.ts';
import { chochinYako } from './titles/chochin-yako.ts';
import { hitokuchiHyakkei } from './titles/hitokuchi-hyakkei.ts';
import { hoshiNoYubinkyoku } from './titles/hoshi-no-yubinkyoku.ts';
import { kaiteiDepato } from './titles/kaitei-depato.ts';
import { kazeNoDenrei } from './titles/kaze-no-denrei.ts';
import { kuroganeNoNiwashi } from './titles/kurogane-no-niwashi.ts';
import { kyukaiUraNoNatsu } from './titles/kyukai-ura-no-natsu.ts';
import { neonToKitsune } from './titles/neon-to-kitsune.ts';
import { onpuNoNukegara } from './titles/onpu-no-nukegara.ts';
import { shiosaiTerminal } from './titles/shiosai-terminal.ts';
import type { DemoTitle } from './titles/title.ts';
import { toshokanNoTantei } from './titles/toshokan-no-tantei.ts';
import { yukiokuri } from './titles/yukiokuri.ts';

/** The demo world's titles, all invented. Made in this order, so the last one stands first where the newest does. */
export const demoTitles: readonly DemoTitle[] = [
  chochinYako,
  hoshiNoYubinkyoku,
  toshokanNoTantei,
  hitokuchiHyakkei,
  kazeNoDenrei,
  kaiteiDepato,
  yukiokuri,
  onpuNoNukegara,
  kuroganeNoNiwashi,
  kyukaiUraNoNatsu,
  neonToKitsune,
  shiosaiTerminal,
  ashitaHare,
];
