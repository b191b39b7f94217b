import { setTimeout as delay } from 'node:timers/promises';
import type { Hex } from 'viem';
import { encodeJson } from '../../../src/protocol/mee/codec';
import {
  type ExplorerResponse,
  parseExecResponse,
  parseExplorerResponse,
  parseQuoteResponse,
  type QuoteResponse,
} from '../../../src/protocol/mee/quoteResponse';

/** A status and the parsed JSON of an answer. */
export type Answer = { status: number; body: unknown };

/** Asks the node. `body` may hold bigints; a request with a body is a POST. */
export async function ask(url: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url, body === undefined ? {} : { method: 'POST', body: encodeJson(body) });
  return { status: response.status, body: await response.json() };
}

async function askOk(url: string, body?: unknown): Promise<unknown> {
  const answer = await ask(url, body);
  if (answer.status !== 200) throw new RangeError(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Asks for a quote that must be given; at `quote-permit` when a trigger comes with it. */
export async function askQuote(
  nodeUrl: string,
  request: unknown,
  path: 'quote' | 'quote-permit' = 'quote',
): Promise<QuoteResponse> {
  return parseQuoteResponse(await askOk(`${nodeUrl}/${path}`, request));
}

/** Hands in what must be taken. @returns the hash */
export async function handInBody(nodeUrl: string, body: unknown): Promise<Hex> {
  return parseExecResponse(await askOk(`${nodeUrl}/exec`, body)).hash;
}

/** Hands in a quote with its signature. @returns the hash */
export const handIn = (nodeUrl: string, quote: QuoteResponse, signature: Hex): Promise<Hex> =>
  handInBody(nodeUrl, { ...quote, signature });

/** What the explorer says now. */
export async function look(nodeUrl: string, hash: Hex): Promise<ExplorerResponse> {
  return parseExplorerResponse(await askOk(`${nodeUrl}/explorer/${hash}`));
}

/** Follows a supertransaction until no operation waits any more. */
export async function settled(nodeUrl: string, hash: Hex): Promise<ExplorerResponse> {
  for (;;) {
    const answer = await look(nodeUrl, hash);
    if (answer.userOps.every(({ executionStatus }) => !/PENDING|MINING/.test(executionStatus))) return answer;
    await delay(50);
  }
}

/** The status of each operation, payment first. */
export const statuses = (answer: ExplorerResponse): string[] =>
  answer.userOps.map(({ executionStatus }) => executionStatus);
