import type { PageHost } from '../approvals/reviewPage';

/** Own pages as a list: what was shown and brought to the front, in which order, which are there, and which were left. */
export const createFakePages = () => {
  const routes: string[] = [];
  const focused: number[] = [];
  const open = new Set<number>();
  const left = new Set<number>();
  const host: PageHost = {
    show: async (route) => {
      routes.push(route);
      open.add(routes.length);
      return routes.length;
    },
    placeOf: async (tabId) => {
      if (!open.has(tabId)) return 'gone';
      return left.has(tabId) ? 'elsewhere' : 'review';
    },
    focus: async (tabId) => void focused.push(tabId),
  };
  return { host, routes, focused, open, left };
};

/** The browser's session memory as a map. */
export const createFakeMemory = () => {
  const values = new Map<string, string>();
  return {
    values,
    area: {
      get: async (key: string): Promise<unknown> => values.get(key),
      set: async (key: string, value: string) => void values.set(key, value),
      remove: async (key: string) => void values.delete(key),
    },
  };
};
