import { useEffect } from 'preact/hooks';
import { createThrottle, touchEvery } from './activity';
import { useClient } from './client';

const signs = ['pointerdown', 'keydown', 'wheel'] as const;

/** Puts off the lock while the person does something in this window. */
export function useActivity(): void {
  const client = useClient();
  useEffect(() => {
    const isDue = createThrottle(touchEvery, () => Date.now());
    const touch = () => {
      // A vault that is locked by now says so with its next state.
      if (isDue()) client.call('touch').catch(() => undefined);
    };
    for (const sign of signs) addEventListener(sign, touch, { passive: true });
    return () => {
      for (const sign of signs) removeEventListener(sign, touch);
    };
  }, [client]);
}
