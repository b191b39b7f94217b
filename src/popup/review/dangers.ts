import type { Danger, ReviewedPermission } from '../../rpc/popup/procedures';
import { cleanText } from '../../ui/cleanText';
import { functionTitle } from './functionTitle';

/** A danger and which function on which chain it belongs to. */
export type PlacedDanger = Danger & { place: string };

/** Every danger of the permissions, the high ones first. */
export function dangersOf(permissions: readonly ReviewedPermission[]): readonly PlacedDanger[] {
  const placed = permissions.flatMap(({ chainName, actions }) =>
    actions.flatMap((action) =>
      action.dangers.map(({ severity, text }) => ({
        severity,
        text: cleanText(text, 400),
        place: `${cleanText(chainName, 64)}, ${functionTitle(action).name}`,
      })),
    ),
  );
  return [
    ...placed.filter(({ severity }) => severity === 'high'),
    ...placed.filter(({ severity }) => severity !== 'high'),
  ];
}
