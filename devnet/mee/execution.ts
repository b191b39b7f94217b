import type { Hex } from 'viem';
import { type Supertransaction, wireOp, wireSupertransaction } from './supertransaction';

/** What the explorer tells about one operation. */
export type OpStatus = {
  executionStatus: 'PENDING' | 'MINING' | 'MINED_SUCCESS' | 'MINED_FAIL' | 'FAILED';
  /** Hash of the transaction that carries the operation. */
  executionData?: Hex;
  executionError: string;
  /** Whether the outcome is final; a mined one is at once on a chain that mines on demand. */
  isConfirmed: boolean;
  /** Gas of the whole transaction (units). */
  gasUsed?: bigint;
};

/** A supertransaction that was handed in, with the status of each operation in order. */
export type Execution = { supertransaction: Supertransaction; statuses: OpStatus[] };

/** Nothing has run yet. */
export function startExecution(supertransaction: Supertransaction): Execution {
  return {
    supertransaction,
    statuses: supertransaction.ops.map(() => ({
      executionStatus: 'PENDING',
      executionError: '',
      isConfirmed: false,
    })),
  };
}

/** The answer of `GET /v1/explorer/{hash}`. */
export function wireExecution({ supertransaction, statuses }: Execution): Record<string, unknown> {
  return wireSupertransaction(supertransaction, (op, index) => ({ ...wireOp(op), ...statuses[index] }));
}
