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

/** Only the server's own 503 says so: any other failure is left to the page to show. */
async function ask(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${String(port)}/api/readyz`);
    await response.body?.cancel();
    return response.status !== 503;
  } catch {
    return true;
  }
}
