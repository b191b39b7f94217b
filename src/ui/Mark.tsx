import './values.css';

/** The sign of the product: a key whose shaft is the bolt of a latch, slid into its catch. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect class="mark__plate" width="32" height="32" rx="7" />
      <circle class="mark__line" cx="10.5" cy="16" r="4.5" stroke-width="3" />
      <path class="mark__line" d="M15 16h10M20.5 16v4.5M26 9v14" stroke-width="3" />
    </svg>
  );
}
