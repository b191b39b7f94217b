import { Component, type ComponentChildren } from 'preact';
import { failureFrom } from './failure';
import { FailedView } from './views/FailedView';

type Props = { children: ComponentChildren };
type State = { error?: unknown };

/** Shows a failure of the popup itself in place of a blank window. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = {};

  static override getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render({ children }: Props, { error }: State) {
    if (error === undefined) return children;
    const failure = { ...failureFrom(error), message: 'This window could not be drawn.' };
    return <FailedView failure={failure} onRetry={() => location.reload()} />;
  }
}
