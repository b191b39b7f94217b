import { useState } from 'preact/hooks';
import type { Settings } from '../../rpc/popup/procedures';
import { useClient } from '../client';
import type { Failure } from '../failure';
import { useSubmit } from '../useSubmit';
import { type DraftErrors, draftOf, readDraft, type SettingsDraft } from './settingsDraft';

const noErrors: DraftErrors = {};

export type SettingsHandle = {
  draft: SettingsDraft;
  edit: (next: SettingsDraft) => void;
  errors: DraftErrors;
  save: () => void;
  saved: boolean;
  busy: boolean;
  failure: Failure | undefined;
};

/** The settings while they are edited. Nothing is sent before everything that was typed is right. */
export function useSettingsForm(initial: Settings): SettingsHandle {
  const client = useClient();
  const submit = useSubmit();
  const [draft, setDraft] = useState<SettingsDraft>(() => draftOf(initial));
  const [errors, setErrors] = useState(noErrors);
  const [saved, setSaved] = useState(false);
  const edit = (next: SettingsDraft) => {
    setDraft(next);
    setSaved(false);
  };
  const save = () => {
    const result = readDraft(draft);
    setSaved(false);
    setErrors(result.ok ? noErrors : result.errors);
    if (!result.ok) return;
    void submit.run(async () => {
      setDraft(draftOf(await client.call('saveSettings', result.settings)));
      setSaved(true);
    });
  };
  return { draft, edit, errors, save, saved, busy: submit.busy, failure: submit.failure };
}
