import { routeHash } from './route';
import './home/home.css';

/** Leads home. */
export function BackLink() {
  return (
    <a class="tool" href={routeHash({ view: 'home' })} data-testid="back">
      Back
    </a>
  );
}
