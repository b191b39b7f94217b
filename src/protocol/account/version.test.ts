import { describe, expect, it } from 'vitest';
import { meeVersions, unprovenVersions } from '../constants/versions';
import { accountIdVersion } from './version';

describe('the version of an account', () => {
  it.each(Object.values(meeVersions))('is $version by its implementation', (suite) => {
    expect(accountIdVersion(suite.accountId, suite.implementationAddress)).toEqual({
      kind: 'spoken',
      version: suite.version,
    });
  });

  it.each(Object.values(unprovenVersions))(
    '$config.version is recognised and refused with a sentence',
    ({ config, refusal }) => {
      expect(accountIdVersion(config.accountId, config.implementationAddress)).toEqual({
        kind: 'unproven',
        version: config.version,
        refusal,
      });
      expect(refusal).toContain(config.version);
    },
  );

  it('stays open where several suites share the account id', () => {
    expect(accountIdVersion('biconomy.nexus.1.2.0')).toEqual({
      kind: 'ambiguous',
      versions: ['2.0.0', '2.1.0'],
    });
    expect(accountIdVersion('biconomy.nexus.1.3.1')).toEqual({
      kind: 'ambiguous',
      versions: ['2.2.1', '2.3.0', '3.0.0'],
    });
  });

  it('is unknown for other ids, and for implementations that say what another suite says', () => {
    expect(accountIdVersion('other.account.1')).toEqual({ kind: 'unknown' });
    const { implementationAddress } = meeVersions['2.2.1'];
    expect(accountIdVersion('biconomy.nexus.1.2.0', implementationAddress)).toEqual({ kind: 'unknown' });
  });
});
