import { createContext, type ComponentType } from 'preact';
import { useContext } from 'preact/hooks';
import { translator, type Translate, type UiLanguage, type Wording } from '../i18n/i18n.ts';

/**
 * Words of pages that belong together: a chunk of their own per language, which comes with those pages. The dashboard speaks English and
 * Japanese; whoever reads the site in another language works there in English.
 * @returns `useSay` for the pages' parts, and `saying`, which puts the words around a page: what `lazy` takes
 */
export function words<C>(files: Record<'en' | 'ja', () => Promise<Wording<C>>>) {
  const Say = createContext<Translate<C> | null>(null);
  return {
    useSay: (): Translate<C> => {
      const say = useContext(Say);
      if (!say) throw new Error('useSay() needs a page that was made by saying()');
      return say;
    },
    saying:
      <P extends object>(Page: ComponentType<P>) =>
      async (language: UiLanguage): Promise<ComponentType<P>> => {
        const spoken = language === 'ja' ? 'ja' : 'en';
        const say = translator<C>(await files[spoken](), spoken);
        return function Spoken(props: P) {
          return (
            <Say.Provider value={say}>
              <Page {...props} />
            </Say.Provider>
          );
        };
      },
  };
}
