import type { ComponentChildren } from 'preact';
import './card.css';

/** A list of labelled facts. Its children are {@link Fact}s. */
export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

type FactProps = { label: string; children: ComponentChildren; note?: ComponentChildren; testId?: string };

/** One labelled fact; `note` is set smaller below the value. */
export function Fact({ label, children, note, testId }: FactProps) {
  return (
    <div class="facts__row" data-testid={testId}>
      <dt class="facts__label">{label}</dt>
      <dd class="facts__value">
        {children}
        {note !== undefined && <div class="facts__note">{note}</div>}
      </dd>
    </div>
  );
}
