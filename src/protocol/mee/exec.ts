import type { Hex } from 'viem';
import type { MeeVersionConfig } from '../constants/versions';
import { encodeUseSignature } from '../session/signature';
import { canonicalSignature, encodeSimpleSignature, SignatureError } from './clientSignature';
import { assertSigning } from './signing';
import type { RequestedTrigger } from './trigger';
import type { VerifiedQuote } from './verify';

/** Body of `POST exec`; serialise with `encodeJson`. */
export type ExecRequest = VerifiedQuote['response'] & {
  signature: Hex;
  meeVersions: readonly { chainId: number; version: MeeVersionConfig }[];
  isEIP712TrustedSponsorshipSupported: true;
  /** The trigger as it was signed: fee included. */
  trigger?: RequestedTrigger;
};

/**
 * The verified quote with its signature, ready to be executed.
 * @param signature 65 bytes over `superTransactionDigest`
 * @throws SignatureError
 */
export function buildExecRequest(quote: VerifiedQuote, signature: Hex): ExecRequest {
  return execRequest(quote, encodeSimpleSignature(signature));
}

/**
 * The verified quote of a trigger with the client signature that the trigger gave.
 * @param clientSignature see `encodePermitSignature` and `encodeOnChainSignature`
 * @param trigger see `settleTrigger`
 */
export function buildTriggerExecRequest(
  quote: VerifiedQuote,
  clientSignature: Hex,
  trigger: RequestedTrigger,
): ExecRequest {
  return { ...execRequest(quote, clientSignature), trigger };
}

/**
 * The verified quote whose operations a session key signed one by one (MEE 2.2.1). Each operation carries its complete
 * SmartSession signature in `userOp.signature`; the signature of the whole is only that of the first.
 * @param signatures 65 bytes over each of `operationDigests`, in order
 * @throws SignatureError, SigningKindError
 */
export function buildOperationsExecRequest(quote: VerifiedQuote, signatures: readonly Hex[]): ExecRequest {
  assertSigning(quote, 'eachOperation');
  const permissions = permissionsOf(quote);
  const [first] = signatures;
  if (first === undefined || signatures.length !== permissions.length) throw wrongCount(signatures.length);
  const body = execRequest(quote, encodeSimpleSignature(first));
  const skipped = body.userOps.length - permissions.length;
  return {
    ...body,
    userOps: body.userOps.map((quoted, index) => {
      const permission = permissions[index - skipped];
      const signature = signatures[index - skipped];
      if (permission === undefined || signature === undefined) return quoted;
      const complete = encodeUseSignature(permission, canonicalSignature(signature));
      return { ...quoted, userOp: { ...quoted.userOp, signature: complete } };
    }),
  };
}

/** Permission of every operation that the session key signs. */
function permissionsOf({ request }: VerifiedQuote): readonly Hex[] {
  const { paymentInfo, userOps } = request;
  const payment = 'sessionDetails' in paymentInfo ? [paymentInfo.sessionDetails] : [];
  return [...payment, ...userOps.map(({ sessionDetails }) => sessionDetails)].flatMap(
    (details) => details?.permissionId ?? [],
  );
}

function execRequest(quote: VerifiedQuote, signature: Hex): ExecRequest {
  const { response, request, sponsored } = quote;
  const signed = sponsored ? response.userOps.slice(1) : response.userOps;
  const chains = new Set(signed.map((userOp) => Number(userOp.chainId)));
  const versions = new Map(request.meeVersions.map((entry) => [entry.chainId, entry.version]));
  return {
    ...response,
    signature,
    meeVersions: [...chains].flatMap((chainId) => {
      const version = versions.get(chainId);
      return version === undefined ? [] : [{ version, chainId }];
    }),
    isEIP712TrustedSponsorshipSupported: true,
  };
}

function wrongCount(count: number): SignatureError {
  return new SignatureError('SIGNATURE_SHAPE', {
    shortMessage: 'Every operation needs a signature of its own.',
    details: `${count} given.`,
    action: 'Sign each operation.',
  });
}
