import { Notice } from '../ui/Notice';
import type { Failure } from './failure';

type Props = { title: string; failure: Failure; testId?: string };

/** A failure in words: what happened, what to do, and the name of the reason for a report. */
export function FailureNotice({ title, failure, testId }: Props) {
  return (
    <Notice tone="danger" title={title} alert {...(testId === undefined ? {} : { testId })}>
      <p>{failure.message}</p>
      {failure.action !== undefined && <p>{failure.action}</p>}
      {failure.reason !== undefined && (
        <p class="small soft">
          Reason: <code>{failure.reason}</code>
        </p>
      )}
    </Notice>
  );
}
