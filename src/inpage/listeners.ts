export type Listener = (payload: unknown) => void;

type Entry = { name: string; listener: Listener };

/** A copy with the entries that pass. Indexes only, no array methods: the page can replace those. */
const keep = (entries: readonly Entry[], passes: (entry: Entry) => boolean): Entry[] => {
  const kept: Entry[] = [];
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry && passes(entry)) kept[kept.length] = entry;
  }
  return kept;
};

/**
 * The page's listeners, called in the order in which they came. One that is added twice is called
 * twice and removed once at a time, as in Node's EventEmitter. What a listener throws is reported as
 * the page's own error and stops no other listener.
 */
export const createListeners = (reportError: (error: unknown) => void) => {
  let entries: readonly Entry[] = [];

  const callSafely = (listener: Listener, payload: unknown): void => {
    try {
      listener(payload);
    } catch (error) {
      reportError(error);
    }
  };

  return {
    add: (name: string, listener: Listener): void => {
      const grown = keep(entries, () => true);
      grown[grown.length] = { name, listener };
      entries = grown;
    },
    remove: (name: string, listener: Listener): void => {
      let found = false;
      entries = keep(entries, (entry) => {
        if (found || entry.name !== name || entry.listener !== listener) return true;
        found = true;
        return false;
      });
    },
    emit: (name: string, payload: unknown): void => {
      const present = entries;
      for (let index = 0; index < present.length; index += 1) {
        const entry = present[index];
        if (entry?.name === name) callSafely(entry.listener, payload);
      }
    },
  };
};
