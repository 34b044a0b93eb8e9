import http from 'node:http';

const WAIT_MS = 5_000;

/** A reader more a second costs one question; what was true a second ago is good enough for a page. */
const KEPT_MS = 1_000;

/** Whether the server at this port can reach its database, as `/api/readyz` says it; asked at most once a second. */
export function createReadiness(): (port: number) => Promise<boolean> {
  let answer = Promise.resolve(true);
  let askedAt = -Infinity;
  return (port) => {
    const now = performance.now();
    if (now - askedAt < KEPT_MS) return answer;
    askedAt = now;
    answer = ask(port).finally(() => {
      askedAt = performance.now();
    });
    return answer;
  };
}

/**
 * Only the server's own 503 says so: any other failure is left to the page to show. Not by `fetch`, which the framework
 * replaces in its process: there, an answer that is not read to its end is waited for without end.
 */
function ask(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = http.get(
      { host: '127.0.0.1', port, path: '/api/readyz', timeout: WAIT_MS },
      (response) => {
        response.resume();
        resolve(response.statusCode !== 503);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(true));
  });
}
