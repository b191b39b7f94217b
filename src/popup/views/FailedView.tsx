import { Button } from '../../ui/Button';
import { Screen } from '../../ui/Screen';
import { BackLink } from '../BackLink';
import { FailureNotice } from '../FailureNotice';
import type { Failure } from '../failure';

type Props = { failure: Failure; onRetry: () => void /** Offers the way home. */; away?: boolean };

/** A failure that leaves nothing else to show. */
export function FailedView({ failure, onRetry, away = false }: Props) {
  return (
    <Screen name="Latchkey" tools={away && <BackLink />} centred testId="failed">
      <FailureNotice title="Something is in the way" failure={failure} />
      <Button kind="primary" onClick={onRetry} testId="retry">
        Try again
      </Button>
    </Screen>
  );
}
