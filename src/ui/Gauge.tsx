import { railLength, tickPositions, usedLength } from './gaugeScale';
import './values.css';

/** A graduated rail that shows how much of a limit is used. The same must stand beside it in words. */
export function Gauge({ used, limit }: { used: bigint; limit: bigint }) {
  return (
    <svg class="gauge" viewBox={`0 0 ${railLength} 14`} preserveAspectRatio="none" aria-hidden="true">
      <rect class="gauge__rail" x="0" y="8" width={railLength} height="4" />
      <rect class="gauge__used" x="0" y="8" width={usedLength(used, limit)} height="4" />
      {tickPositions(limit).map((position) => (
        <rect
          key={position}
          class="gauge__tick"
          x={Math.min(position, railLength - 3)}
          y="2"
          width="3"
          height="10"
        />
      ))}
    </svg>
  );
}
