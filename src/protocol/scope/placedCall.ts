import { type Hex, size } from 'viem';
import type { Call } from '../actions/call';
import { nativeTransferSelector } from '../constants/modes';
import type { ChainRefusal, Denial, DenialText, ScopeDenialCode } from './denial';
import type { Grant } from './grant';

/** A call at its place in a batch. `used` tells what is counted before it, by ledger key. */
export type PlacedCall = {
  grant: Grant;
  call: Call;
  callIndex: number;
  /** Selector under which SmartSession files the call. */
  selector: Hex;
  time: number;
  used: (key: string) => bigint | undefined;
};

/** What the chain makes of a call: its counters afterwards, or every reason to refuse, in its order. */
export type CallOutcome = { denials: readonly Denial[]; counters: Readonly<Record<string, bigint>> };

/** The selector under which SmartSession files a call, in lower case. */
export function filedSelector(data: Hex): Hex {
  return size(data) < 4 ? nativeTransferSelector : `0x${data.slice(2, 10).toLowerCase()}`;
}

/** A denial of one call. */
export function callDenial(
  { call, callIndex, selector }: PlacedCall,
  code: ScopeDenialCode,
  chainRefusal: ChainRefusal | null,
  text: DenialText,
): Denial {
  return { code, chainRefusal, callIndex, target: call.to, selector, ...text };
}
