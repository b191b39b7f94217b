import './notice.css';

type Props = { children: string; tone?: 'plain' | 'good' | 'warning' | 'danger' };

/** A short label beside a value. */
export function Tag({ children, tone = 'plain' }: Props) {
  return <span class={`tag tag--${tone}`}>{children}</span>;
}
