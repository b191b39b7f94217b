/** Where in the popup the person is. */
export type Route =
  | { view: 'home' }
  | { view: 'settings' }
  | { view: 'review'; id: string }
  | { view: 'result'; id: string }
  | { view: 'grant'; id: string };

const withId = ['review', 'result', 'grant'] as const;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Reads a location hash such as `#/review/abc`. Anything unknown is home. */
export function parseRoute(hash: string): Route {
  const [name = '', rawId = ''] = hash.replace(/^#\/?/, '').split('/');
  const id = decode(rawId);
  const view = withId.find((known) => known === name);
  if (view !== undefined && id !== '') return { view, id };
  return name === 'settings' ? { view: 'settings' } : { view: 'home' };
}

/** The location hash of a route. */
export function routeHash(route: Route): string {
  if (route.view === 'home') return '#/';
  return 'id' in route ? `#/${route.view}/${encodeURIComponent(route.id)}` : `#/${route.view}`;
}
