'use client';

import { ApiError, toApiError } from '../submissions/api-call.client.ts';

/** A body with its progress: XMLHttpRequest, because `fetch` does not say how much of it has been sent. */
export async function sendBody(
  path: string,
  options: {
    method: 'PUT' | 'PATCH';
    headers: Readonly<Record<string, string>>;
    body: Blob;
    signal: AbortSignal;
    onSent: (bytes: number) => void;
  },
): Promise<unknown> {
  const { method, headers, body, signal, onSent } = options;
  if (signal.aborted) throw new ApiError('Sending was stopped.', null);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => onSent(event.loaded);
    request.onerror = () =>
      reject(new ApiError('The connection broke while the file was sent.', null));
    request.onabort = () => reject(new ApiError('Sending was stopped.', null));
    request.onload = () => {
      if (request.status !== 200) reject(toApiError(request.status, request.responseText));
      else resolve(JSON.parse(request.responseText));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}
