import type { ComponentChildren } from 'preact';
import './notice.css';

export type Tone = 'info' | 'warning' | 'danger';

type Props = { tone?: Tone; title?: string; children?: ComponentChildren; alert?: boolean; testId?: string };

/** A marked passage. With `alert` it is read out as soon as it appears. */
export function Notice({ tone = 'info', title, children, alert = false, testId }: Props) {
  return (
    <div class={`notice notice--${tone}`} role={alert ? 'alert' : undefined} data-testid={testId}>
      {title !== undefined && <p class="notice__title">{title}</p>}
      {children}
    </div>
  );
}
