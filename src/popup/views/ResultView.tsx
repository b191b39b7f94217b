import { useEffect } from 'preact/hooks';
import type { PopupState, RequestView } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { originLine } from '../../ui/originText';
import { Screen } from '../../ui/Screen';
import { FailureNotice } from '../FailureNotice';
import { failureOf } from '../failure';
import { settingsOrNone } from '../networks';
import { isEnded, meaningOf, stagesOf, titleOf } from '../result/progress';
import { StageList } from '../result/StageList';
import { TransactionList } from '../result/TransactionList';
import { useQuery } from '../useQuery';
import { closeWindow, go } from '../useRoute';
import { FailedView } from './FailedView';
import { LoadingView } from './LoadingView';

const lookAgain = 2000;

/** How an answered request goes on and ends. */
export function ResultView({ id, state }: { id: string; state: PopupState }) {
  const { query, reload } = useQuery(`request ${id}`, async (client) => {
    const [request, settings] = await Promise.all([
      client.call('getRequest', { id }),
      settingsOrNone(client),
    ]);
    return { request, settings };
  });
  const open = query.status === 'ready' && !isEnded(query.data.request.state);
  useEffect(() => {
    if (!open) return;
    const timer = setInterval(reload, lookAgain);
    return () => clearInterval(timer);
  }, [open, reload]);
  const next = state.reviews.find((review) => review.id !== id);
  const nothingToRead = query.status === 'ready' && isPlainConnection(query.data.request) && !next;
  useEffect(() => {
    if (nothingToRead) closeWindow();
  }, [nothingToRead]);
  if (query.status === 'loading') return <LoadingView />;
  if (query.status === 'failed') return <FailedView failure={query.failure} onRetry={reload} away />;
  const { request, settings } = query.data;
  return (
    <Screen name={names[request.kind]} foot={<Foot next={next?.id} />} testId="result">
      <Outcome request={request} />
      {request.transactions.length > 0 && (
        <Card title="Transactions">
          <TransactionList transactions={request.transactions} settings={settings} />
        </Card>
      )}
    </Screen>
  );
}

const isPlainConnection = ({ kind, state }: RequestView): boolean =>
  kind === 'connect' && state === 'confirmed';

const names: Record<RequestView['kind'], string> = {
  connect: 'Connection',
  prepare: 'Permission',
  use: 'Use',
  revoke: 'Removal',
};

function Outcome({ request }: { request: RequestView }) {
  const stages = stagesOf(request);
  return (
    <div class="stack">
      <p class="soft">{originLine(request.origin)}</p>
      <h1
        class={request.state === 'failed' ? 'result__title--bad' : undefined}
        aria-live="polite"
        data-testid="result-state"
        data-state={request.state}
      >
        {titleOf(request)}
      </h1>
      <p>{meaningOf(request)}</p>
      {request.error !== undefined && (
        <FailureNotice title="Why" failure={failureOf(request.error)} testId="result-error" />
      )}
      {stages.length > 0 && <StageList stages={stages} />}
    </div>
  );
}

function Foot({ next }: { next: string | undefined }) {
  return (
    <>
      {next !== undefined && (
        <Button kind="primary" wide onClick={() => go({ view: 'review', id: next })}>
          Next request
        </Button>
      )}
      <Button kind={next === undefined ? 'primary' : 'plain'} wide onClick={closeWindow} testId="close">
        Close
      </Button>
    </>
  );
}
