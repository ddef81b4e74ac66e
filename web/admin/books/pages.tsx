import type { ComponentType } from 'preact';
import type { Id } from '../../../schema/ids.ts';
import { lazy } from '../lazy.tsx';
import type { PageProps } from '../pages.tsx';
import type { PlaceName } from '../places.ts';
import { saying } from './words.ts';

/** The pages of the books, each a chunk of its own. */
export const bookPages = {
  books: lazy(async (language) => {
    const { MoneyPage } = await import('./money.tsx');
    return saying<PageProps>(() => <MoneyPage />)(language);
  }),
  usage: lazy(async (language) => {
    const { UsagePage } = await import('./usage.tsx');
    return saying(({ address }: PageProps) => <UsagePage address={address} />)(language);
  }),
  statements: lazy(async (language) => {
    const { StatementsPage } = await import('./statements.tsx');
    return saying(({ address }: PageProps) => <StatementsPage address={address} />)(language);
  }),
  statement: lazy(async (language) => {
    const { StatementPage } = await import('./statement.tsx');
    return saying(({ values }: PageProps) => <StatementPage id={values['id'] as Id<'statement'>} />)(
      language,
    );
  }),
  ledger: lazy(async (language) => {
    const { LedgerPage } = await import('./ledger.tsx');
    return saying(({ address }: PageProps) => <LedgerPage address={address} />)(language);
  }),
} satisfies Partial<Record<PlaceName, ComponentType<PageProps>>>;
