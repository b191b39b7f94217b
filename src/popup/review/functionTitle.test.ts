import { describe, expect, it } from 'vitest';
import { callTitle } from '../calls/callTitle';
import { sampleAction } from '../testing/reviewSamples';
import { functionTitle } from './functionTitle';

const action = sampleAction();

describe('functionTitle', () => {
  it('says who named the function', () => {
    const named = { ...action, signature: { text: 'incrementCount()', source: 'dapp' as const } };
    expect(functionTitle(named)).toEqual({ name: 'incrementCount()', source: 'dapp' });
    expect(functionTitle(action)).toEqual({ name: 'Unknown function', source: 'unknown' });
  });

  it('cleans the claim', () => {
    const claim = { text: 'safe\u202E()evil', source: 'dapp' as const };
    expect(functionTitle({ ...action, signature: claim }).name).toBe('safe()evil');
    const invisible = { text: '\u200B', source: 'dapp' as const };
    expect(functionTitle({ ...action, signature: invisible }).source).toBe('unknown');
  });

  it('knows a transfer without calldata, whatever the site calls it', () => {
    const claim = { text: 'claimReward()', source: 'dapp' as const };
    expect(functionTitle({ ...action, selector: '0xffffffff', signature: claim }).source).toBe('native');
  });
});

describe('callTitle', () => {
  it('reads the marker of a permission as a function, since a call has real calldata', () => {
    expect(callTitle({ selector: '0xffffffff' }).source).toBe('unknown');
    expect(callTitle({ selector: null }).source).toBe('native');
  });
});
