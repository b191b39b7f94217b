import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PopupClient } from '../messaging/popupClient';
import { useClient } from './client';
import { type Failure, failureFrom } from './failure';

export type Query<T> =
  | { status: 'loading' }
  | { status: 'failed'; failure: Failure }
  | { status: 'ready'; data: T };

export type QueryHandle<T> = { query: Query<T>; reload: () => void; set: (data: T) => void };

/**
 * Asks the background and asks again whenever it reports a change. Late answers of earlier questions are dropped;
 * while a new answer is awaited, or can't be had, the last one stays. `key` names what is asked: another key starts from loading.
 */
export function useQuery<T>(key: string, ask: (client: PopupClient) => Promise<T>): QueryHandle<T> {
  const client = useClient();
  const [held, setHeld] = useState<{ key: string; query: Query<T> }>({ key, query: { status: 'loading' } });
  const turn = useRef(0);
  const latestAsk = useRef(ask);
  latestAsk.current = ask;

  const set = useCallback(
    (data: T) => {
      turn.current += 1;
      setHeld({ key, query: { status: 'ready', data } });
    },
    [key],
  );
  const reload = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    const settle = (query: Query<T>) => {
      if (mine !== turn.current) return;
      setHeld((last) =>
        query.status === 'failed' && last.key === key && last.query.status === 'ready'
          ? last
          : { key, query },
      );
    };
    latestAsk.current(client).then(
      (data) => settle({ status: 'ready', data }),
      (error: unknown) => settle({ status: 'failed', failure: failureFrom(error) }),
    );
  }, [client, key]);

  useEffect(() => {
    reload();
    const stop = client.onChange(reload);
    return () => {
      turn.current += 1;
      stop();
    };
  }, [client, reload]);

  return { query: held.key === key ? held.query : { status: 'loading' }, reload, set };
}
