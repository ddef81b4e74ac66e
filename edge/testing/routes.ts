import app from '../app.ts';
import { contracts, type Contract } from '../http/contract.ts';

export type Route = { key: string; method: string; path: string; contract: Contract };

const all: readonly Route[] = [...contracts(app)].map(([key, contract]) => {
  const [method, path] = key.split(' ') as [string, string];
  return { key, method, path, contract };
});
const isForMachines = ({ path }: Route) => /^\/(api|hls|media|images|\.well-known)\//.test(path);

/** Every route of the API with what it says of itself. */
export const routes: readonly Route[] = all.filter(isForMachines);

/** Pages for people, which index.ts adds to the API. */
const pages = all.filter((route) => !isForMachines(route));
export const pagePaths: readonly string[] = pages.map(({ path }) => path);
/** Where their forms go. */
export const formPaths: readonly string[] = pages
  .filter(({ method }) => method !== 'GET')
  .map(({ path }) => path);

/** Its parameters: `/api/titles/:id/images/:role` has `id` and `role`. */
export const parametersOf = ({ path }: Route): string[] =>
  [...path.matchAll(/:([A-Za-z]+)/g)].map((match) => match[1]!);

/** An address of a route. A parameter that is not given stands as `0`. */
export const addressOf = ({ path }: Pick<Route, 'path'>, parameters: Record<string, string> = {}): string =>
  path.replaceAll(/:([A-Za-z]+)(\{[^}]*\})?/g, (_, name: string) => parameters[name] ?? '0');

const patterns = routes.map((route) => {
  const pattern = route.path
    .replaceAll(/:[A-Za-z]+(\{[^}]*\})?/g, (_, regex?: string) =>
      regex ? `(?:${regex.slice(1, -1)})` : '[^/]+',
    )
    .replace(/\/\*$/, '/.*');
  return { route, pattern: new RegExp(`^${pattern}$`) };
});

/** The route that answers an address, as the router finds it: HEAD as GET. */
export const routeAt = (method: string, path: string): Route | undefined =>
  patterns.find(
    ({ route, pattern }) => route.method === (method === 'HEAD' ? 'GET' : method) && pattern.test(path),
  )?.route;
