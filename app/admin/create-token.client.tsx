'use client';

import { useRouter } from 'next/navigation';
import { type SyntheticEvent, useState } from 'react';
import { CreatedToken, Scope } from '#lib/schemas/token.ts';
import { callApi, messageOf } from '../submissions/api-call.client.ts';
import { Button } from '../_ui/button.tsx';
import { CopyLine } from '../_ui/copy-button.client.tsx';
import { Field, TextInput } from '../_ui/field.tsx';
import { Notice } from '../_ui/notice.tsx';

const SCOPE_MEANINGS: Record<Scope, string> = {
  submit: 'submit: upload runs',
  'read:private': 'read:private: read what is not public',
  admin: 'admin: everything',
};

/** Makes a token and shows its secret, this once. */
export function CreateTokenForm() {
  const router = useRouter();
  const [created, setCreated] = useState<CreatedToken | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const create = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const days = Number(data.get('days'));
    setIsBusy(true);
    setError(null);
    try {
      const json = {
        name: data.get('name'),
        scopes: data.getAll('scope'),
        ...(days > 0 ? { expiresInDays: days } : {}),
      };
      setCreated(CreatedToken.parse(await callApi('/api/v1/tokens', { method: 'POST', json })));
      form.reset();
      router.refresh();
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setIsBusy(false);
    }
  };

  return (
    <div className="flex flex-col gap-3">
      <form onSubmit={(event) => void create(event)} className="flex flex-wrap items-end gap-3">
        <Field label="Name of the new token" htmlFor="token-name" className="w-56">
          <TextInput
            id="token-name"
            name="name"
            required
            maxLength={200}
            placeholder="who or what uses it"
          />
        </Field>
        <Field label="Days until it expires" htmlFor="token-days" className="w-36">
          <TextInput
            id="token-days"
            name="days"
            type="number"
            min={1}
            max={3650}
            placeholder="never"
          />
        </Field>
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1 pb-1.5 text-sm">
          <legend className="pb-1 text-xs font-medium text-muted">Scopes</legend>
          {Scope.options.map((scope) => (
            <label key={scope} className="flex items-center gap-1.5">
              <input
                type="checkbox"
                name="scope"
                value={scope}
                defaultChecked={scope === 'submit'}
              />
              {SCOPE_MEANINGS[scope]}
            </label>
          ))}
        </fieldset>
        <Button type="submit" look="primary" disabled={isBusy}>
          Create token
        </Button>
      </form>
      {error !== null && <Notice tone="bad" title={error} />}
      {created !== null && (
        <Notice
          tone="good"
          title={`Token "${created.name}" is made. Copy it now: it is shown this once.`}
        >
          <CopyLine text={created.token} />
        </Notice>
      )}
    </div>
  );
}
