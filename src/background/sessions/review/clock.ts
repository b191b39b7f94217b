import type { Danger } from '../../../rpc/popup/reviewParts';
import { requestDanger } from '../dangers';

const spanOf = (seconds: number): string =>
  seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;

/** A device's clock that differs from the chains': whoever sets times by it means other ones. */
export const clockDangers = (skew: number): readonly Danger[] => {
  if (skew === 0) return [];
  const way = skew > 0 ? 'behind' : 'ahead of';
  const text = `The clock of this device is ${spanOf(Math.abs(skew))} ${way} the chains. Times are judged by the chains.`;
  return [requestDanger('CLOCK_SKEW', 'warning', text)];
};
