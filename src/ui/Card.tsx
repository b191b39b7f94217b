import type { ComponentChildren } from 'preact';
import './card.css';

type Props = {
  title?: ComponentChildren;
  aside?: ComponentChildren;
  children: ComponentChildren;
  testId?: string;
};

/** A bordered group of facts with an optional heading. */
export function Card({ title, aside, children, testId }: Props) {
  return (
    <section class="card" data-testid={testId}>
      {title !== undefined && (
        <header class="card__head">
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      <div class="card__body">{children}</div>
    </section>
  );
}
