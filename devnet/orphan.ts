const interval = 200;

/**
 * Tells when the shell that npm runs a script in is gone. npm hands a signal to that shell only, which dies without
 * a word to this process, its child. Does nothing when npm isn't the one who started it.
 */
export function onOrphaned(listener: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    listener();
  }, interval);
  watch.unref();
}
