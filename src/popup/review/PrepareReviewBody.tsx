import type { PrepareReview } from '../../rpc/popup/procedures';
import { InstructionCard } from '../calls/InstructionCard';
import { CleanUpCard } from '../funds/CleanUpCard';
import { ExposureCard } from '../funds/ExposureCard';
import { FeeCard } from '../funds/FeeCard';
import { TriggerCard } from '../funds/TriggerCard';
import { useNow } from '../useNow';
import { ChangesCard } from './ChangesCard';
import { DangerList } from './DangerList';
import { DelegationCard } from './DelegationCard';
import { prepareWish } from './intent';
import { KeyCard } from './KeyCard';
import { OriginBlock } from './OriginBlock';
import { PermissionCard } from './PermissionCard';
import { PrepareFacts } from './PrepareFacts';
import { StepList } from './StepList';
import type { Acknowledgements } from './useAcknowledged';

type Props = { review: PrepareReview; symbols: ReadonlyMap<number, string>; agreed: Acknowledgements };

/** Everything that a PREPARE does and grants, from what will be signed. `symbols` are the native symbols by chain id. */
export function PrepareReviewBody({ review, symbols, agreed }: Props) {
  const now = useNow();
  const { account, permissions, trigger, changes, exposure, cleanUps } = review;
  return (
    <>
      <OriginBlock origin={review.origin} wants={prepareWish(review)} />
      <PrepareFacts review={review} now={now} />
      <DangerList review={review} agreed={agreed} />
      {exposure.length > 0 && <ExposureCard exposure={exposure} />}
      {changes !== undefined && <ChangesCard items={changes.items} />}
      {trigger !== undefined && <TriggerCard trigger={trigger} account={account} />}
      {review.delegations.map((delegation, index) => (
        <DelegationCard key={index} delegation={delegation} />
      ))}
      {review.instructions.map((instruction, index) => (
        <InstructionCard
          key={index}
          instruction={instruction}
          account={account}
          nativeSymbol={symbols.get(instruction.chainId)}
        />
      ))}
      {permissions.map((permission) => (
        <PermissionCard
          key={`${permission.chainId}${permission.permissionId}`}
          permission={permission}
          nativeSymbol={symbols.get(permission.chainId)}
          now={now}
        />
      ))}
      {cleanUps.length > 0 && <CleanUpCard cleanUps={cleanUps} account={account} />}
      <FeeCard review={review} symbols={symbols} now={now} />
      <StepList title="If you approve" chains={review.chains} note={review.batched ? undefined : apart} />
      {permissions.length > 0 && <KeyCard permissions={permissions} />}
    </>
  );
}

const apart = 'Each part of the permission is enabled by an operation of its own, so one may fail alone.';
