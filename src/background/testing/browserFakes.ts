import type { WindowHost } from '../approvals/reviewWindow';

/** Windows as a list: what was opened and brought to the front, in which order, and which are there. */
export const createFakeWindows = () => {
  const routes: string[] = [];
  const focused: number[] = [];
  const open = new Set<number>();
  const host: WindowHost = {
    open: async (route) => {
      routes.push(route);
      open.add(routes.length);
      return routes.length;
    },
    exists: async (windowId) => open.has(windowId),
    focus: async (windowId) => void focused.push(windowId),
  };
  return { host, routes, focused, open };
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
