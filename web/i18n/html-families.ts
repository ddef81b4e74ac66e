import type { Files, HtmlFamily } from './families.ts';

/** The words of pages that stay HTML, and of what stands around every page: for the edge. */
export const htmlFiles: { [F in HtmlFamily]: Files<F> } = {
  pages: {
    en: () => import('./pages.en.ts').then((m) => m.pagesEn),
    ja: () => import('./pages.ja.ts').then((m) => m.pagesJa),
    es: () => import('./es/pages.ts').then((m) => m.pages),
    fr: () => import('./fr/pages.ts').then((m) => m.pages),
    de: () => import('./de/pages.ts').then((m) => m.pages),
    pt: () => import('./pt/pages.ts').then((m) => m.pages),
  },
  plans: {
    en: () => import('./plans.en.ts').then((m) => m.plansEn),
    ja: () => import('./plans.ja.ts').then((m) => m.plansJa),
    es: () => import('./es/plans.ts').then((m) => m.plans),
    fr: () => import('./fr/plans.ts').then((m) => m.plans),
    de: () => import('./de/plans.ts').then((m) => m.plans),
    pt: () => import('./pt/plans.ts').then((m) => m.plans),
  },
  billing: {
    en: () => import('./billing.en.ts').then((m) => m.billingEn),
    ja: () => import('./billing.ja.ts').then((m) => m.billingJa),
    es: () => import('./es/billing.ts').then((m) => m.billing),
    fr: () => import('./fr/billing.ts').then((m) => m.billing),
    de: () => import('./de/billing.ts').then((m) => m.billing),
    pt: () => import('./pt/billing.ts').then((m) => m.billing),
  },
  takedown: {
    en: () => import('./takedown.en.ts').then((m) => m.takedownEn),
    ja: () => import('./takedown.ja.ts').then((m) => m.takedownJa),
    es: () => import('./es/takedown.ts').then((m) => m.takedown),
    fr: () => import('./fr/takedown.ts').then((m) => m.takedown),
    de: () => import('./de/takedown.ts').then((m) => m.takedown),
    pt: () => import('./pt/takedown.ts').then((m) => m.takedown),
  },
};
