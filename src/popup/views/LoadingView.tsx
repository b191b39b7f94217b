import { Screen } from '../../ui/Screen';

/** Stands while the background is asked. */
export function LoadingView() {
  return (
    <Screen name="Latchkey" centred>
      <p class="soft" role="status">
        Opening…
      </p>
    </Screen>
  );
}
