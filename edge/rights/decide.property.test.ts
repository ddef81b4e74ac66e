import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalReasons } from '../../schema/api/rights.ts';
import { countryCodes } from '../../schema/countries.ts';
import { businessModels } from '../../schema/plans.ts';
import { decide } from './decide.ts';
import { aired, holdback, licence, someone } from './rights.fixture.ts';
import { BEGIN, lasts, offer, planOf, refusal, ways, type Question } from './oracle.fixture.ts';
import { question } from './question.fixture.ts';
import type { Grant, LicenceTerms, Rights, Viewer } from './terms.ts';
import { trace } from './trace.ts';

const answerTo = ({ viewer, episode, rights, now }: Question) => decide(viewer, episode, rights, now);
const check = (property: (q: Question) => void, numRuns: number) =>
  fc.assert(fc.property(question, property), { numRuns });

/** What a way gives, the better the greater, in the order in which it counts. */
const merits = (q: Question, { row, model }: ReturnType<typeof ways>[number]): number[] => {
  const terms = planOf(q.viewer, q.now);
  return [
    model === 'ads' ? 0 : 1,
    Math.min(row.maxHeight ?? 1e9, terms.maxHeight ?? 1e9),
    row.audioLanguages?.length ?? 1e9,
    row.subtitleLanguages?.length ?? 1e9,
    row.downloads && terms.downloads ? 1 : 0,
    -['free', 'purchase', 'subscription', 'rental', 'ads'].indexOf(model),
  ];
};
const isBetter = (a: number[], b: number[]): boolean => {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && a[at]! > b[at]!;
};

describe('decide, against trying every row at every millisecond', () => {
  it('agrees on who may watch and why not', () => {
    const seen = new Map<string, number>();
    check((q) => {
      const answer = answerTo(q);
      const expected = ways(q, q.now).length > 0 ? { granted: true } : { granted: false, ...refusal(q) };
      expect(answer).toMatchObject(expected);
      const kind = answer.granted ? answer.model : answer.reason;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }, 5_000);
    // No test of what never came up: each model and each reason did.
    const rare = [...businessModels, ...refusalReasons].filter((kind) => (seen.get(kind) ?? 0) < 5);
    expect(rare).toEqual([]);
  });

  it('is a grant at retryAt, and none before: asked again at each moment in between', () => {
    check((q) => {
      const answer = answerTo(q);
      fc.pre(!answer.granted && answer.retryAt !== null);
      expect(answerTo({ ...q, now: answer.retryAt }).granted).toBe(true);
      for (let at = q.now; at < answer.retryAt; at++) expect(answerTo({ ...q, now: at }).granted).toBe(false);
    }, 1_000);
  });

  it('gives the best way there is, of one row, and says exactly how long it lasts', () => {
    check((q) => {
      const answer = answerTo(q);
      fc.pre(answer.granted);
      const all = ways(q, q.now);
      const way = all.find((w) => w.row.id === answer.licenceId && w.model === answer.model)!;
      expect(all.filter((other) => isBetter(merits(q, other), merits(q, way)))).toEqual([]);
      const terms = planOf(q.viewer, q.now);
      expect(answer).toEqual({
        granted: true,
        licenceId: way.row.id,
        model: way.model,
        ads: way.model === 'ads',
        downloads: way.row.downloads && terms.downloads,
        maxHeight: [way.row.maxHeight, terms.maxHeight].reduce((a, b) =>
          a === null || b === null ? (a ?? b) : Math.min(a, b),
        ),
        audio: way.row.audioLanguages,
        subtitles: way.row.subtitleLanguages,
        early: q.episode.airsAt !== null && q.now < q.episode.airsAt,
        begins: answer.begins,
        until: lasts(q, way, answer.begins),
      } satisfies Grant);
      const begun = q.viewer.purchases.find(({ id }) => id === answer.begins);
      expect(answer.begins === null || (begun?.kind === 'rental' && begun.begunAt === null)).toBe(true);
    }, 1_500);
  });

  it('offers what would open it before waiting does', () => {
    const offers = new Set<boolean>();
    check((q) => {
      const answer = answerTo(q);
      fc.pre(!answer.granted);
      const priced = ['not-yet', 'plan-required', 'purchase-required'].includes(answer.reason);
      expect(answer.offer).toEqual(priced ? offer(q, ['pro', 'std'], answer.retryAt) : null);
      offers.add(answer.offer !== null);
    }, 2_000);
    expect(offers.size).toBe(2);
  });

  it('does not depend on the order of anything', () => {
    const turned = <T>(list: readonly T[]) => list.toReversed();
    check((q) => {
      const { viewer, rights } = q;
      const upside: Rights = {
        licences: turned(
          rights.licences.map((l) => ({
            ...l,
            models: turned(l.models),
            earlyAccess: turned(l.earlyAccess),
          })),
        ),
        holdbacks: turned(rights.holdbacks),
      };
      const asker: Viewer = { ...viewer, purchases: turned(viewer.purchases) };
      expect(answerTo({ ...q, viewer: asker, rights: upside })).toEqual(answerTo(q));
    }, 1_500);
  });

  it('traces each row: it applies where there is a way to watch under it, and the chosen one is the one that grants', () => {
    check((q) => {
      const { viewer, episode, rights, now } = q;
      const open = { ...q, viewer: { ...viewer, ageCeiling: episode.ageRating } };
      fc.pre(viewer.signedIn && episode.published && !episode.takenDown);
      const { answer, licences } = trace(open.viewer, episode, rights, now);
      const applies = licences.filter(({ verdict }) => ['applies', 'chosen'].includes(verdict));
      const chosen = licences.filter(({ verdict }) => verdict === 'chosen').map(({ id }) => id);
      expect(new Set(applies.map(({ id }) => id))).toEqual(new Set(ways(open, now).map(({ row }) => row.id)));
      expect(chosen).toEqual(answer.granted ? [answer.licenceId] : []);
    }, 1_500);
  });

  it('grants nothing without a licence, ever', () => {
    check((q) => {
      expect(answerTo({ ...q, rights: { ...q.rights, licences: [] } }).granted).toBe(false);
      const ended = q.rights.licences.map((row) => ({ ...row, endedAt: q.now }));
      expect(answerTo({ ...q, rights: { ...q.rights, licences: ended } }).granted).toBe(false);
    }, 1_500);
  });
});

it.each([null, ...countryCodes])('decides for %s as the oracle does, at each millisecond', (country) => {
  const all = (terms: Partial<LicenceTerms>) =>
    licence({ countries: [], startsAt: null, endsAt: null, ...terms });
  const half = countryCodes.filter((_, i) => i % 2 === 0);
  const third = countryCodes.filter((_, i) => i % 3 === 0);
  const rights: Rights = {
    licences: [
      all({ countries: half, startsAt: BEGIN + 2, endsAt: BEGIN + 9 }),
      all({ id: 'lic_b', territoryMode: 'exclude', countries: third, startsAt: BEGIN + 5, maxHeight: 720 }),
      all({ id: 'lic_c', territoryMode: 'exclude', models: ['subscription'], endsAt: BEGIN + 12 }),
    ],
    holdbacks: [
      holdback({ territoryMode: 'include', countries: third, startsAt: BEGIN + 6, endsAt: BEGIN + 8 }),
    ],
  };
  const viewer = { ...someone, country };
  const episode = aired;
  for (let now = BEGIN; now < BEGIN + 14; now++) {
    const q = { viewer, episode, rights, now };
    const expected = ways(q, now).length > 0 ? { granted: true } : { granted: false, ...refusal(q) };
    expect(answerTo(q)).toMatchObject(expected);
  }
});
