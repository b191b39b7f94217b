import { type Address, concatHex, encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from 'viem';
import type { Session } from './session';

const permissionParameters = parseAbiParameters('address, bytes, bytes32');

/**
 * SmartSession `getPermissionId`: hash of validator, its init data and the salt.
 * Does not commit to chain, account, actions or policies.
 */
export function permissionId(
  session: Pick<Session, 'sessionValidator' | 'sessionValidatorInitData' | 'salt'>,
): Hex {
  const { sessionValidator, sessionValidatorInitData, salt } = session;
  return keccak256(
    encodeAbiParameters(permissionParameters, [sessionValidator, sessionValidatorInitData, salt]),
  );
}

/** SmartSession action id: hash of target and selector. */
export function actionId(target: Address, selector: Hex): Hex {
  return keccak256(concatHex([target, selector]));
}

/** Id under which a policy contract keeps the state of one action of one permission of one account. */
export function configId(account: Address, permission: Hex, action: Hex): Hex {
  return keccak256(concatHex([account, keccak256(concatHex([permission, action]))]));
}
