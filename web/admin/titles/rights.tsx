import { lazy } from '../lazy.tsx';

/** Licences, holdbacks and who may watch: fetched when a title is opened. */
export const Rights = lazy((language) => import('../rights/sections.tsx').then((m) => m.sections(language)));
