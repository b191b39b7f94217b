import * as v from 'valibot';
import { decodeMessage, encodeMessage } from '../../rpc/codec';
import type { Mutex } from '../journal/mutex';

/** The browser's windows, as far as reviews need them. */
export type WindowHost = {
  /** Opens a popup window on a page of the extension's popup, such as `/review/<id>`. Gives the window's id. */
  open(route: string): Promise<number>;
  exists(windowId: number): Promise<boolean>;
  /** Brings a window to the front. */
  focus(windowId: number): Promise<void>;
};

/** A small store that outlives the worker and not the browser. */
export type SessionMemory = {
  get(key: string): Promise<unknown>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
};

const memoryKey = 'latchkey.reviewWindow';
const stateSchema = v.object({ windowId: v.number(), shown: v.optional(v.string()) });
type WindowState = v.InferOutput<typeof stateSchema>;

/** The one window in which reviews are shown, and which review is on its screen. */
export const createReviewWindow = (parts: { host: WindowHost; memory: SessionMemory; mutex: Mutex }) => {
  const { host, memory, mutex } = parts;

  const load = async (): Promise<WindowState | undefined> => {
    const text = await memory.get(memoryKey);
    const parsed = v.safeParse(stateSchema, typeof text === 'string' ? decodeMessage(text) : undefined);
    return parsed.success ? parsed.output : undefined;
  };
  const store = (state: WindowState) => memory.set(memoryKey, encodeMessage(state));
  const alone = <T>(task: () => Promise<T>) => mutex(memoryKey, task);

  return {
    /** Opens the window on a route, or leaves it as it is, in front when asked. */
    show: (route: string, options: { focus: boolean }): Promise<void> =>
      alone(async () => {
        const state = await load();
        if (!state || !(await host.exists(state.windowId))) await store({ windowId: await host.open(route) });
        else if (options.focus) await host.focus(state.windowId);
      }),
    /** Whether the window that was opened last isn't there any more, and nothing told of its closing. */
    isGone: (): Promise<boolean> =>
      alone(async () => {
        const state = await load();
        return state !== undefined && !(await host.exists(state.windowId));
      }),
    /** Remembers which review the person looks at. */
    saw: (reviewId: string): Promise<void> =>
      alone(async () => {
        const state = await load();
        if (state && state.shown !== reviewId) await store({ ...state, shown: reviewId });
      }),
    /** Forgets the window when it is this one. Gives what it showed last, or undefined when it is another window. */
    closed: (windowId: number): Promise<{ shown?: string } | undefined> =>
      alone(async () => {
        const state = await load();
        if (state?.windowId !== windowId) return undefined;
        await memory.remove(memoryKey);
        return state.shown === undefined ? {} : { shown: state.shown };
      }),
  };
};

export type ReviewWindow = ReturnType<typeof createReviewWindow>;
