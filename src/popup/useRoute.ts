import { useEffect, useState } from 'preact/hooks';
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

/** Closes the window; where the browser keeps it open, as it does for some tabs, it shows home. */
export function closeWindow(): void {
  window.close();
  go({ view: 'home' });
}
