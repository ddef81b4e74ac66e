import type { TagProblem, TagTried } from '../../schema/api/ads.ts';
import { CREATIVE_SECONDS } from '../../schema/api/ads.ts';
import type { Platform } from '../platform/platform.ts';
import { answerOf, type Ad } from './vast-answer.ts';
import { documents, type NoDocument } from './vast-fetch.ts';
import { fileFault, linearOf, playable, TAGS_MS } from './vast.ts';

/** What is listed of an answer that may be 256 kB of advertisements and files. */
const MOST = 20;

const inWords = {
  'no-vast': 'What it answers is no VAST document that we can read.',
  empty: 'It has no advertisement right now. That may be as it should: a break goes on without.',
  wrappers: 'It wraps more than five documents around the advertisement.',
  'no-file': 'None of its files can be shown: a player of breaks needs HLS, from an origin in AD_ORIGINS.',
  'wrong-length': `It says no length, or more than ${CREATIVE_SECONDS} s.`,
  'no-origins': 'This site lets players fetch advertisements from nowhere else: set AD_ORIGINS first.',
} as const;
type Code = keyof typeof inWords;
/** The error of VAST 4.3 §2.3.6.3 for wrappers without end. */
const WRAPPER_LIMIT = 302;

/**
 * What a tag gives now, by the rules and in the time of a break, for whom it is to be sold by. Nothing is counted and no pixel is
 * fired, those for errors neither; that the tag was asked, its server does see.
 */
export async function tryTag(tag: string, platform: Platform): Promise<TagTried> {
  const from = platform.now();
  const followed: string[] = [];
  const problems: TagProblem[] = [];
  const say = (code: Code, at: string | null = null) => problems.push({ code, at, detail: inWords[code] });
  if (platform.settings.adOrigins.length === 0) say('no-origins');
  const fetched = documents(platform, from + TAGS_MS);
  const asking = {
    get: (address: string) => {
      followed.push(address);
      return fetched(address);
    },
    report: (_to: readonly string[], errorCode: number) => {
      if (errorCode === WRAPPER_LIMIT) say('wrappers');
    },
    failed: (at: string, { code, message }: NoDocument) =>
      problems.push({ code, at, detail: `${message[0]!.toUpperCase()}${message.slice(1)}.` }),
  };
  // What it throws says no more than what was said of its documents, or that one is no VAST.
  const ads = await answerOf(tag, 0, platform, asking).catch(() => null);
  const adverts = (ads ?? []).slice(0, MOST).map((ad) => tried(ad, platform));
  for (const { fault, title } of adverts) if (fault) say(fault, title);
  const explained = problems.some(({ code }) => code !== 'no-origins');
  if (adverts.length === 0 && !explained) say(ads ? 'empty' : 'no-vast');
  const shown = adverts.findIndex(({ fault }) => fault === null);
  return {
    followed,
    adverts,
    shown: shown < 0 ? null : shown,
    problems: problems.slice(0, MOST),
    tookMs: platform.now() - from,
  };
}

function tried(ad: Ad, platform: Platform): TagTried['adverts'][number] {
  const linear = linearOf(ad);
  const found = playable(ad, platform);
  return {
    title: ad.title,
    advertiser: ad.advertiser,
    seconds: linear && linear.duration > 0 ? linear.duration : null,
    clickUrl: typeof found === 'object' ? found.clickUrl : null,
    files: (linear?.mediaFiles ?? []).slice(0, MOST).map((file) => ({
      url: file.fileURL,
      type: file.mimeType,
      width: file.width,
      height: file.height,
      fault: fileFault(file, platform),
    })),
    fault: typeof found === 'object' ? null : found,
  };
}
