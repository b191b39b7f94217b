import { describe, expect, it } from 'vitest';
import { readPortRequest, readReply, readRequest } from './envelope';

describe('readRequest', () => {
  const request = { type: 'request', id: '1', method: 'eth_accounts', params: [] };

  it('reads a request', () => {
    expect(readRequest(request)).toEqual(request);
  });

  it.each([
    ['null', null],
    ['text', 'request'],
    ['another type', { ...request, type: 'response' }],
    ['no id', { ...request, id: undefined }],
    ['a number as id', { ...request, id: 1 }],
    ['an empty id', { ...request, id: '' }],
    ['a long id', { ...request, id: 'x'.repeat(65) }],
    ['no method', { ...request, method: undefined }],
    ['a long method', { ...request, method: 'x'.repeat(129) }],
    ['the age that a port gives', { ...request, waited: 1 }],
    ['an unknown field', { ...request, origin: 'https://bank.example' }],
  ])('refuses %s', (_name, value) => {
    expect(readRequest(value)).toBeUndefined();
  });
});

describe('readPortRequest', () => {
  const request = { type: 'request', id: '1', method: 'eth_accounts', params: [] };

  it('also reads how long a request has waited', () => {
    expect(readPortRequest(request)).toEqual(request);
    expect(readPortRequest({ ...request, waited: 5 })).toEqual({ ...request, waited: 5 });
  });

  it.each([
    ['a text as age', { ...request, waited: '5' }],
    ['an age below 0', { ...request, waited: -1 }],
    ['an unknown field', { ...request, origin: 'https://bank.example' }],
  ])('refuses %s', (_name, value) => {
    expect(readPortRequest(value)).toBeUndefined();
  });
});

describe('readReply', () => {
  it('reads results, also without a value', () => {
    expect(readReply({ type: 'response', id: '1', result: [1] })).toEqual({
      type: 'response',
      id: '1',
      result: [1],
    });
    expect(readReply({ type: 'response', id: '1' })).toEqual({
      type: 'response',
      id: '1',
      result: undefined,
    });
  });

  it('leaves out fields that it does not know', () => {
    const error = { code: 4001, message: 'No.', data: { reason: 'REJECTED' } };
    expect(readReply({ type: 'response', id: '1', extra: 1, error: { ...error, stack: 'x' } })).toEqual({
      type: 'response',
      id: '1',
      error,
    });
  });

  it.each([
    ['an error without a code', { type: 'response', id: '1', error: { message: 'No.' } }],
    ['an error with a text as code', { type: 'response', id: '1', error: { code: '4001', message: 'No.' } }],
    ['a response without id', { type: 'response', result: 1 }],
    ['an event without name', { type: 'event', payload: 1 }],
    ['a request', { type: 'request', id: '1', method: 'eth_accounts' }],
    ['undefined', undefined],
  ])('refuses %s', (_name, value) => {
    expect(readReply(value)).toBeUndefined();
  });
});
