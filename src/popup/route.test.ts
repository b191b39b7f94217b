import { describe, expect, it } from 'vitest';
import { parseRoute, type Route, routeHash } from './route';

describe('routes', () => {
  it('reads the hash of a review window', () => {
    expect(parseRoute('#/review/0f-1')).toEqual({ view: 'review', id: '0f-1' });
  });

  it('gives every route back', () => {
    const routes: Route[] = [
      { view: 'home' },
      { view: 'settings' },
      { view: 'review', id: 'a/b c' },
      { view: 'result', id: '1' },
      { view: 'grant', id: '%' },
    ];
    for (const route of routes) expect(parseRoute(routeHash(route))).toEqual(route);
  });

  it('goes home on anything else', () => {
    for (const hash of [
      '',
      '#',
      '#/',
      '#/nowhere',
      '#/review',
      '#/review/',
      '#/review/%E0%A4%A',
      '#/constructor/x',
    ]) {
      expect(parseRoute(hash)).toEqual({ view: 'home' });
    }
  });
});
