import type { ReviewedPermission } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Card } from '../../ui/Card';

/** The key that the site's uses are signed with. */
export function KeyCard({ permissions }: { permissions: readonly ReviewedPermission[] }) {
  const redeemers = [...new Set(permissions.map(({ redeemer }) => redeemer))];
  return (
    <Card title="The site’s key">
      <p class="card__note">
        Latchkey makes a key for this site alone and keeps it on this device. The site never sees it. Its
        address:
      </p>
      {redeemers.map((redeemer) => (
        <Address key={redeemer} value={redeemer} copy="address of the key" />
      ))}
    </Card>
  );
}
