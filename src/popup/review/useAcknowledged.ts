import { useState } from 'preact/hooks';
import type { Review } from '../../rpc/popup/procedures';
import { codesToAcknowledge } from './dangers';

/** The dangers that were agreed to, by code. */
export type Acknowledgements = {
  ticked: ReadonlySet<string>;
  tick: (code: string, ticked: boolean) => void;
  /** How many are still to be agreed to. */
  missing: number;
  /** What an approval says: the codes that are asked for and ticked. */
  acknowledged: readonly string[];
};

const none: ReadonlySet<string> = new Set();

/** What was ticked counts for the very review that was on the screen: another digest starts with nothing ticked. */
export function useAcknowledged(review: Review): Acknowledgements {
  const [held, setHeld] = useState({ digest: review.digest, codes: none });
  const ticked = held.digest === review.digest ? held.codes : none;
  const tick = (code: string, on: boolean) => {
    const others = [...ticked].filter((other) => other !== code);
    setHeld({ digest: review.digest, codes: new Set(on ? [...others, code] : others) });
  };
  const asked = codesToAcknowledge(review);
  const acknowledged = asked.filter((code) => ticked.has(code));
  return { ticked, tick, missing: asked.length - acknowledged.length, acknowledged };
}
