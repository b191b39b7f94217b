import { Button } from '../../ui/Button';
import { Card } from '../../ui/Card';
import { TextField } from '../../ui/TextField';
import type { DraftErrors, NetworkDraft, NetworkField } from './settingsDraft';
import './settings.css';

type Props = {
  network: NetworkDraft;
  errors: DraftErrors;
  onInput: (field: NetworkField, value: string) => void;
  onRemove: () => void;
};

/** One network in the settings form. */
export function NetworkFields({ network, errors, onInput, onRemove }: Props) {
  const { key, chainId, name, rpcUrl, nativeSymbol } = network;
  const error = (field: NetworkField) => errors[`${key}.${field}`];
  return (
    <Card
      title={name.trim() === '' ? 'New network' : name}
      aside={
        <Button kind="quiet" onClick={onRemove}>
          Remove
        </Button>
      }
    >
      <div class="network">
        <TextField
          label="Name"
          value={name}
          error={error('name')}
          onInput={(value) => onInput('name', value)}
        />
        <TextField
          label="Chain id"
          value={chainId}
          error={error('chainId')}
          onInput={(value) => onInput('chainId', value)}
        />
        <TextField
          label="Coin"
          value={nativeSymbol}
          error={error('nativeSymbol')}
          onInput={(value) => onInput('nativeSymbol', value)}
        />
      </div>
      <TextField
        label="RPC address"
        code
        value={rpcUrl}
        error={error('rpcUrl')}
        onInput={(value) => onInput('rpcUrl', value)}
        testId={`settings-network-rpc-${chainId}`}
      />
    </Card>
  );
}
