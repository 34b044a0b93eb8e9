'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { callApi, messageOf } from '../submissions/api-call.client.ts';
import { Button, type ButtonLook } from '../_ui/button.tsx';
import { Dialog, DialogClose } from '../_ui/dialog.client.tsx';

interface ActionButtonProps {
  label: string;
  look?: ButtonLook;
  path: string;
  method: 'POST' | 'PUT' | 'DELETE';
  json?: unknown;
  /** What it does, in a sentence; asked before it is done. Left out for what can be taken back. */
  question?: string;
}

/** Does one thing through the API, then shows the page anew; says why when it fails. */
export function ActionButton({
  label,
  look = 'plain',
  path,
  method,
  json,
  question,
}: ActionButtonProps) {
  const router = useRouter();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const act = async () => {
    setIsBusy(true);
    setError(null);
    try {
      await callApi(path, { method, json });
      setIsAsking(false);
      router.refresh();
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      setIsBusy(false);
    }
  };

  const failure = error !== null && (
    <p role="alert" className="text-xs text-bad">
      {error}
    </p>
  );
  if (question === undefined) {
    return (
      <span className="inline-flex flex-col items-start gap-1">
        <Button look={look} disabled={isBusy} onClick={() => void act()}>
          {label}
        </Button>
        {failure}
      </span>
    );
  }
  return (
    <Dialog
      title={`${label}?`}
      description={question}
      isOpen={isAsking}
      onOpenChange={setIsAsking}
      trigger={<Button look={look}>{label}</Button>}
    >
      {failure}
      <div className="flex justify-end gap-2">
        <DialogClose asChild>
          <Button look="quiet">Leave it</Button>
        </DialogClose>
        <Button look="danger" disabled={isBusy} onClick={() => void act()}>
          {label}
        </Button>
      </div>
    </Dialog>
  );
}
