/** Reaches the extension's own contexts alone: those of its origin. */
const channelName = 'latchkey.changes';

/** Tells the extension's open pages that the state may have changed. Gives the function that does. */
export const createChangeTeller = (): (() => void) => {
  const channel = new BroadcastChannel(channelName);
  return () => channel.postMessage('changed');
};

/** Calls the listener whenever the background's state may have changed. Gives the function that ends it. */
export const hearChanges = (listener: () => void): (() => void) => {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', () => listener());
  return () => channel.close();
};
