import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { UsageView } from '../../rpc/popup/procedures';
import { useClient } from '../client';
import { type Failure, failureFrom } from '../failure';

export type UsageHandle = {
  usage: UsageView | undefined;
  failure: Failure | undefined;
  reading: boolean;
  refresh: () => void;
};

/** The counters of a grant. The chains are read once and on demand, not with every change of the background's state. */
export function useUsage(grantId: string): UsageHandle {
  const client = useClient();
  const [usage, setUsage] = useState<UsageView>();
  const [failure, setFailure] = useState<Failure>();
  const [reading, setReading] = useState(true);
  const turn = useRef(0);
  const refresh = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const settle = (show: () => void) => {
      if (mine !== turn.current) return;
      setReading(false);
      show();
    };
    setReading(true);
    setFailure(undefined);
    client.call('getUsage', { grantId }).then(
      (read) => settle(() => setUsage(read)),
      (error: unknown) => settle(() => setFailure(failureFrom(error))),
    );
  }, [client, grantId]);
  useEffect(() => {
    refresh();
    return () => {
      turn.current += 1;
    };
  }, [refresh]);
  return { usage, failure, reading, refresh };
}
