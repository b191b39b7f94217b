import type { Danger as ProtocolDanger } from '../../protocol/scope/danger';
import type { Danger } from '../../rpc/popup/reviewParts';
import { invalidParams } from '../errors/rpcErrors';

const severities = { info: 'notice', notice: 'notice', warning: 'warning', danger: 'high' } as const;

/** A danger of a session as the popup shows it. */
export const dangerOf = ({ code, response, sentence }: ProtocolDanger): Danger => ({
  code,
  severity: severities[sentence.severity],
  text: sentence.text,
  acknowledge: response === 'acknowledge',
});

/** A danger of a request that isn't one of a session. */
export const requestDanger = (
  code: string,
  severity: Danger['severity'],
  text: string,
  acknowledge = false,
): Danger => ({ code, severity, text, acknowledge });

/** What may never be approved isn't shown either. @throws RpcError -32602 with the danger as reason */
export const assertAllowed = (dangers: readonly ProtocolDanger[]): void => {
  const forbidden = dangers.find(({ response }) => response === 'forbid');
  if (!forbidden) return;
  throw invalidParams({
    reason: forbidden.code,
    message: forbidden.sentence.text,
    action: 'Ask for a permission without it.',
  });
};
