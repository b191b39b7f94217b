import { useEffect, useState } from 'preact/hooks';
import { type Standing, timeToArm } from './guard';

const isInFront = () => document.hasFocus() && document.visibilityState === 'visible';
const clock = () => performance.now();

export type Armed = { armed: boolean; focused: boolean };

/**
 * Whether a decision may be taken now: what `shown` names has stood still, in front, long enough.
 * This keeps a click or key press meant for something else from approving.
 */
export function useArmed(shown: string): Armed {
  const [armedFor, setArmedFor] = useState<string>();
  const [focused, setFocused] = useState(isInFront);
  useEffect(() => {
    const standing: Standing = { changedAt: clock(), focusedAt: clock(), focused: isInFront() };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      clearTimeout(timer);
      const wait = timeToArm(standing, clock());
      if (wait === undefined) setArmedFor(undefined);
      else if (wait === 0) setArmedFor(shown);
      else timer = setTimeout(settle, wait);
    };
    const follow = () => {
      const inFront = isInFront();
      if (inFront && !standing.focused) standing.focusedAt = clock();
      standing.focused = inFront;
      setFocused(inFront);
      settle();
    };
    const events = ['focus', 'blur'] as const;
    for (const event of events) addEventListener(event, follow);
    document.addEventListener('visibilitychange', follow);
    settle();
    return () => {
      clearTimeout(timer);
      for (const event of events) removeEventListener(event, follow);
      document.removeEventListener('visibilitychange', follow);
    };
  }, [shown]);
  return { armed: armedFor === shown && focused, focused };
}
