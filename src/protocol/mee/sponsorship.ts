import * as v from 'valibot';
import type { Address } from 'viem';
import { sameAddress } from '../address';
import { parseAnswer } from './answer';
import { decimalSchema } from './wire';

/** Who pays for a quote instead of the account: a gas tank, and the service that signs for it. */
export type Sponsor = {
  /** Base address of the sponsorship service, with its version path (`…/v1`). */
  url: string;
  gasTank: { chainId: number; address: Address; token: Address };
};

/** The public sponsorship services; quotes that the default gas tank pays there are trusted by the node. */
const publicServices: readonly string[] = [
  'https://network.biconomy.io/v1',
  'https://staging-network.biconomy.io/v1',
];

/** The gas tank of the public network. */
export const defaultSponsor: Sponsor = {
  url: 'https://network.biconomy.io/v1',
  gasTank: {
    chainId: 8453,
    address: '0x18eAc826f3dD77d065E75E285d3456B751AC80d5',
    token: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
  },
};

/** Whether the sponsor is the public network's own: then its payment is never executed and needs neither nonce nor signature. */
export function isTrustedSponsor({ url, gasTank }: Sponsor): boolean {
  return publicServices.includes(url) && sameAddress(gasTank.address, defaultSponsor.gasTank.address);
}

/** Whether the sponsorship service is run by somebody else, so that it signs the payment itself. */
export function signsItself({ url }: Sponsor): boolean {
  return !publicServices.includes(url);
}

/** Address of `GET sponsorship/nonce/…`, the nonce of the gas tank's payment. Ask it unless the sponsor is trusted. */
export function sponsorNonceUrl({ url, gasTank }: Sponsor): string {
  return `${url}/sponsorship/nonce/${gasTank.chainId}/${gasTank.address}`;
}

/** Address of `POST sponsorship/sign/…`: body is the node's quote, answer the quote with the payment signed. */
export function sponsorSignUrl({ url, gasTank }: Sponsor): string {
  return `${url}/sponsorship/sign/${gasTank.chainId}/${gasTank.address}`;
}

const nonceSchema = v.looseObject({ nonce: decimalSchema });

/** Reads the answer of the nonce request. @throws NodeResponseError */
export function parseSponsorNonce(json: unknown): bigint {
  return BigInt(parseAnswer('sponsorship nonce', nonceSchema, json).nonce);
}
