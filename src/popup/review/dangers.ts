import type { Danger, Review } from '../../rpc/popup/procedures';
import { cleanText } from '../../ui/cleanText';
import { callTitle } from '../calls/callTitle';
import { functionTitle } from './functionTitle';

/** Dangers of one code, to be read and agreed to together: each sentence once, with every place that it is about. */
export type DangerGroup = {
  code: string;
  /** The worst of them. */
  severity: Danger['severity'];
  acknowledge: boolean;
  sentences: readonly { text: string; places: readonly string[] }[];
};

type PlacedDanger = { danger: Danger; place: string | undefined };

const order: readonly Danger['severity'][] = ['high', 'warning', 'notice'];

const rank = ({ severity, acknowledge }: DangerGroup): number =>
  2 * order.indexOf(severity) + (acknowledge ? 0 : 1);

const placeOf = (chainName: string, name: string): string => `${cleanText(chainName, 64)}, ${name}`;

/** A removal takes rights away: what was dangerous about them is not a danger of it. */
function placedDangers(review: Review): readonly PlacedDanger[] {
  if (review.kind === 'connect') return [];
  const whole = review.dangers.map((danger) => ({ danger, place: undefined }));
  if (review.kind === 'revoke') return whole;
  const actions = review.permissions.flatMap(({ chainName, actions }) =>
    actions.flatMap((action) =>
      action.dangers.map((danger) => ({ danger, place: placeOf(chainName, functionTitle(action).name) })),
    ),
  );
  const calls = review.instructions.flatMap(({ chainName, calls }) =>
    calls.flatMap((call) =>
      call.dangers.map((danger) => ({
        danger,
        place: `${placeOf(chainName, callTitle(call).name)}, once`,
      })),
    ),
  );
  return [...whole, ...calls, ...actions];
}

function groupOf(members: readonly PlacedDanger[], { code, acknowledge }: Danger): DangerGroup {
  const texts = [...new Set(members.map(({ danger }) => danger.text))];
  return {
    code,
    acknowledge,
    severity: order.find((level) => members.some(({ danger }) => danger.severity === level)) ?? 'high',
    sentences: texts.map((text) => {
      const places = members.filter(({ danger }) => danger.text === text).map(({ place }) => place);
      return {
        text: cleanText(text, 400),
        places: [...new Set(places)].filter((place) => place !== undefined),
      };
    }),
  };
}

/** Every danger of a review, the worst first and of the same weight those that must be agreed to. */
export function dangersOf(review: Review): readonly DangerGroup[] {
  const placed = placedDangers(review);
  const keyOf = ({ code, acknowledge }: Danger) => `${code} ${acknowledge}`;
  const firsts = new Map(placed.map(({ danger }) => [keyOf(danger), danger]));
  const groups = [...firsts].map(([key, first]) =>
    groupOf(
      placed.filter(({ danger }) => keyOf(danger) === key),
      first,
    ),
  );
  return groups.sort((left, right) => rank(left) - rank(right));
}

/** Codes of the dangers that the person must agree to before approving. */
export function codesToAcknowledge(review: Review): readonly string[] {
  return dangersOf(review)
    .filter(({ acknowledge }) => acknowledge)
    .map(({ code }) => code);
}
