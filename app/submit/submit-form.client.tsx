'use client';

import { useRouter } from 'next/navigation';
import { type SyntheticEvent, useRef, useState } from 'react';
import type { ErrorDetail } from '#lib/errors.ts';
import { ApiError, messageOf } from '../submissions/api-call.client.ts';
import { Button } from '../_ui/button.tsx';
import { Field, SelectInput, TextArea, TextInput } from '../_ui/field.tsx';
import { Notice } from '../_ui/notice.tsx';
import { ProgressBar } from '../_ui/progress-bar.tsx';
import { FileDrop } from './file-drop.client.tsx';
import { readHeader, type FieldErrors } from './header-form.ts';
import { sendFile, type SendProgress } from './send-file.client.ts';

export interface Suggestions {
  benchmarks: string[];
  models: string[];
  methods: string[];
}

const STAGES: Record<SendProgress['stage'], string> = {
  packing: 'Packing the file',
  sending: 'Sending',
  closing: 'Checking what arrived',
};

/** From a file to a submission; the page of the submission then shows what becomes of it. */
export function SubmitForm({ suggestions }: { suggestions: Suggestions }) {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<ApiError | null>(null);
  const [progress, setProgress] = useState<SendProgress | null>(null);
  const stopper = useRef<AbortController | null>(null);

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { header, errors: found } = readHeader(new FormData(event.currentTarget));
    setErrors({ ...found, ...(file === null ? { file: 'Choose a file first.' } : {}) });
    setFailure(null);
    if (header === null || file === null) return;
    stopper.current = new AbortController();
    try {
      const { signal } = stopper.current;
      const { id } = await sendFile({ file, header, signal, onProgress: setProgress });
      router.push(`/submissions/${id}`);
    } catch (error) {
      setProgress(null);
      setFailure(error instanceof ApiError ? error : new ApiError(messageOf(error), null));
    }
  };

  /** What was wrong with a field is forgotten as soon as it is changed. */
  const forget = (name: string) => {
    if (errors[name] !== undefined) setErrors({ ...errors, [name]: undefined });
  };

  const isBusy = progress !== null;
  const field = (name: string) => ({
    htmlFor: `submit-${name}`,
    ...(errors[name] === undefined ? {} : { error: errors[name] }),
  });
  const control = (name: string) => ({
    id: `submit-${name}`,
    name,
    disabled: isBusy,
    onChange: () => forget(name),
    'aria-invalid': errors[name] !== undefined,
    'aria-describedby': `submit-${name}-hint`,
  });

  return (
    <form
      onSubmit={(event) => void submit(event)}
      className="flex max-w-3xl flex-col gap-5"
      noValidate
    >
      <div className="flex flex-col gap-1">
        <FileDrop
          file={file}
          isDisabled={isBusy}
          onFile={(picked) => {
            setFile(picked);
            forget('file');
          }}
        />
        {errors.file !== undefined && (
          <p role="alert" className="text-xs text-bad">
            {errors.file}
          </p>
        )}
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Benchmark"
          {...field('benchmark')}
          hint="Name, or name@version. An unknown one is declared by a file that carries its golds."
        >
          <TextInput {...control('benchmark')} list="submit-benchmarks" placeholder="gsm8k" />
        </Field>
        <Field label="Split" {...field('split')} hint="Left empty: test.">
          <TextInput {...control('split')} placeholder="test" />
        </Field>
        <Field label="Model" {...field('model')} hint="As its makers call it.">
          <TextInput {...control('model')} list="submit-models" />
        </Field>
        <Field
          label="Method"
          {...field('method')}
          hint="What made the model or the prompt brief. Left empty: a plain model."
        >
          <TextInput {...control('method')} list="submit-methods" />
        </Field>
      </div>
      <details className="group">
        <summary className="text-sm font-medium">
          Parameters, mapping, visibility and row policy
        </summary>
        <div className="grid gap-4 pt-4 sm:grid-cols-2">
          <Field
            label="Parameters of the method"
            {...field('params')}
            hint="One name=value a line: alpha, target_length …"
          >
            <TextArea {...control('params')} placeholder={'target_length=4096'} />
          </Field>
          <Field
            label="Decoding"
            {...field('decoding')}
            hint="One name=value a line: temperature, max_tokens, seed …"
          >
            <TextArea {...control('decoding')} placeholder={'temperature=0.6'} />
          </Field>
          <Field
            label="Label on the board"
            {...field('label')}
            hint="Left empty: the method, else the model."
          >
            <TextInput {...control('label')} />
          </Field>
          <Field
            label="Family"
            {...field('family')}
            hint="Runs of one family are joined by a line."
          >
            <TextInput {...control('family')} />
          </Field>
          <Field
            label="Mapping"
            {...field('mapping')}
            hint="For a file in no known format: JSON that says where its fields stand."
          >
            <TextArea {...control('mapping')} placeholder={'{"laconic_mapping": 1, …}'} />
          </Field>
          <Field label="Who may see the run" {...field('visibility')}>
            <SelectInput {...control('visibility')} defaultValue="public">
              <option value="public">Everybody</option>
              <option value="unlisted">Only this token, until it is published</option>
              <option value="private">Only this token</option>
            </SelectInput>
          </Field>
          <label className="flex items-start gap-2 text-sm">
            <input type="checkbox" name="lenient" disabled={isBusy} className="mt-1" />
            <span>
              Leave bad rows out
              <span className="block text-xs text-muted">
                They are listed and count as missing. Otherwise one bad row refuses the file.
              </span>
            </span>
          </label>
        </div>
      </details>
      {failure !== null && (
        <Notice tone="bad" title={failure.message}>
          <Findings findings={failure.problem?.errors ?? []} />
        </Notice>
      )}
      {progress === null ? (
        <Button type="submit" look="primary" className="self-start">
          Submit
        </Button>
      ) : (
        <div className="flex flex-col gap-2" role="status">
          <p className="text-sm">
            {STAGES[progress.stage]}
            {progress.share !== null && `, ${Math.round(progress.share * 100)} %`}
          </p>
          <ProgressBar label={STAGES[progress.stage]} share={progress.share} />
          <Button look="quiet" className="self-start" onClick={() => stopper.current?.abort()}>
            Stop
          </Button>
        </div>
      )}
      <SuggestionList id="submit-benchmarks" values={suggestions.benchmarks} />
      <SuggestionList id="submit-models" values={suggestions.models} />
      <SuggestionList id="submit-methods" values={suggestions.methods} />
    </form>
  );
}

function Findings({
  findings,
}: {
  findings: readonly { [K in keyof ErrorDetail]: ErrorDetail[K] | undefined }[];
}) {
  if (findings.length === 0) return null;
  return (
    <ul className="list-disc pl-4">
      {findings.slice(0, 5).map((finding, index) => (
        <li key={index}>
          {finding.pointer !== undefined && finding.pointer !== '' && (
            <code>{finding.pointer}: </code>
          )}
          {finding.message} {finding.hint}
        </li>
      ))}
    </ul>
  );
}

function SuggestionList({ id, values }: { id: string; values: string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}
