import type { Address } from 'viem';
import { sameAddress } from '../address';

/** What can move: an ERC-20 or a collection by its address, native coin, or tokens that nothing names. */
export type Asset = Address | 'native' | 'anyToken';

/** Whether two assets are the same. */
export function sameAsset(left: Asset, right: Asset): boolean {
  return isToken(left) && isToken(right) ? sameAddress(left, right) : left === right;
}

/** Whether an asset is one contract. */
export function isToken(asset: Asset): asset is Address {
  return asset !== 'native' && asset !== 'anyToken';
}
