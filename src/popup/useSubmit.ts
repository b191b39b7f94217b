import { useRef, useState } from 'preact/hooks';
import { type Failure, failureFrom } from './failure';

export type Submit = {
  busy: boolean;
  failure: Failure | undefined;
  run: (work: () => Promise<void>) => Promise<void>;
  clear: () => void;
};

/** Runs one piece of work at a time, even within one tick, and holds why the last one failed. */
export function useSubmit(): Submit {
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const [failure, setFailure] = useState<Failure>();
  const run = async (work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
    } catch (error) {
      setFailure(failureFrom(error));
    } finally {
      running.current = false;
      setBusy(false);
    }
  };
  return { busy, failure, run, clear: () => setFailure(undefined) };
}
