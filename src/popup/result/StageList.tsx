import type { Stage } from './progress';
import './result.css';

const spoken: Record<Stage['status'], string> = { done: 'done', now: 'in progress', ahead: 'to come' };

/** How far a request is. */
export function StageList({ stages }: { stages: readonly Stage[] }) {
  return (
    <ol class="stages">
      {stages.map(({ label, status }) => (
        <li
          key={label}
          class={`stages__item stages__item--${status}`}
          aria-label={`${label}: ${spoken[status]}`}
        >
          {label}
        </li>
      ))}
    </ol>
  );
}
