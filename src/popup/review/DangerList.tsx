import type { ReviewedPermission } from '../../rpc/popup/procedures';
import { Notice } from '../../ui/Notice';
import { dangersOf } from './dangers';

/** What the person should weigh before approving. */
export function DangerList({ permissions }: { permissions: readonly ReviewedPermission[] }) {
  const dangers = dangersOf(permissions);
  if (dangers.length === 0) return null;
  return (
    <section class="stack" aria-label="Dangers">
      {dangers.map(({ severity, text, place }, index) => (
        <Notice
          key={index}
          tone={severity === 'high' ? 'danger' : 'warning'}
          title={severity === 'high' ? 'Danger' : 'Take care'}
          testId="review-danger"
        >
          <p>{text}</p>
          <p class="small soft">{place}</p>
        </Notice>
      ))}
    </section>
  );
}
