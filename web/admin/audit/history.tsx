import { lazy } from '../lazy.tsx';
import type { Of } from './history-part.tsx';

/** What was changed of a title or an episode, by whom, with Undo beside each change; its code and words come when it is first shown. */
export const History = lazy<Of>((language) => import('./history-part.tsx').then((m) => m.history(language)));
