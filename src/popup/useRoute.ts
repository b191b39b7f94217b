import { useEffect, useState } from 'preact/hooks';
import { isPlainTab } from '../messaging/ownTab';
import { parseRoute, type Route, routeHash } from './route';

/** Moves to a route without leaving a step behind, so that a review window can still close itself. */
export function go(route: Route): void {
  location.replace(routeHash(route));
}

/** The route in the location hash, kept up to date. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** Closes the review window or the action popup; a tab stays and shows home. */
export async function closeWindow(): Promise<void> {
  if (!(await isPlainTab())) window.close();
  go({ view: 'home' });
}
