import * as v from 'valibot';
import { askProvider } from '../../flows/provider';
import { startSite } from '../hostile/site';

type Call = Parameters<typeof askProvider>[0];

/** A tab that fetches its calls from the test and brings back what came of them, with no debugger in between. */
export type Tab = {
  url: string;
  /** Resolves once the tab is open and waits for its first call. */
  ready: Promise<void>;
  call(...call: Call): Promise<unknown>;
};

type Tabs = { url: string; tabs: readonly Tab[]; stop(): Promise<void> };

const reportSchema = v.object({ tab: v.string(), answer: v.optional(v.unknown()) });

/** Runs in the tab. */
const takeCalls = async (ask: typeof askProvider): Promise<void> => {
  const tab = window.location.hash.slice(1);
  console.info(`ready: ${tab}`);
  let answer: unknown;
  for (;;) {
    const reply = await fetch('/next', { method: 'POST', body: JSON.stringify({ tab, answer }) });
    answer = await ask(await reply.json());
  }
};

const body = `<!doctype html><title>tab</title><script>(${takeCalls})(${askProvider})</script>`;

const createPromise = <Value>() => {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
};

/** Hands over one value after another, whichever side comes first. */
const createHandover = <Value>() => {
  let next = createPromise<Value>();
  return {
    give: (value: Value) => next.resolve(value),
    take: async (): Promise<Value> => {
      const value = await next.promise;
      next = createPromise();
      return value;
    },
  };
};

const createTab = (url: string) => {
  const calls = createHandover<Call>();
  const answers = createHandover<unknown>();
  const opened = createPromise<void>();
  const tab: Tab = {
    url,
    ready: opened.promise,
    call: (...call) => {
      calls.give(call);
      return answers.take();
    },
  };
  const next = (answer: unknown): Promise<Call> => {
    if (answer === undefined) opened.resolve();
    else answers.give(answer);
    return calls.take();
  };
  return { tab, next };
};

/** A site whose tabs, by their names, are ready to be opened. */
export const startTabs = async (names: readonly string[]): Promise<Tabs> => {
  const site = await startSite({
    '/tab': { body },
    '/next': async (sent) => {
      const { tab, answer } = v.parse(reportSchema, JSON.parse(sent));
      const call = await made.get(tab)?.next(answer);
      return { body: JSON.stringify(call), type: 'application/json' };
    },
  });
  const made = new Map(names.map((name) => [name, createTab(`${site.url}/tab#${name}`)]));
  return { ...site, tabs: [...made.values()].map(({ tab }) => tab) };
};
