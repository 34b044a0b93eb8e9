/** Everything that links lead to, for looking through what leaves the server. */
export interface Crawled {
  address: string;
  status: number;
  text: string;
}

const LINK = /(?:href|src|action)="(?<address>\/[^"#]*)/g;

/**
 * Reads the start addresses and whatever their pages link to on the same server, pages also in the form in which the
 * framework sends them to a page that is open already.
 */
export async function crawl(options: {
  base: string;
  start: readonly string[];
  /** Told of every address before it is read; false leaves it out. */
  isWanted: (address: string) => boolean;
  headers?: Readonly<Record<string, string>>;
  most: number;
}): Promise<Crawled[]> {
  const { base, headers = {} } = options;
  const waiting = [...options.start];
  const seen = new Set(waiting);
  const found: Crawled[] = [];
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (found.length >= options.most) throw new Error(`Still going after ${address}.`);
    const answer = await fetch(base + address, { headers, redirect: 'manual' });
    const text = await answer.text();
    found.push({ address, status: answer.status, text });
    if (answer.headers.get('content-type')?.startsWith('text/html') !== true) continue;
    const inner = await fetch(base + address, { headers: { ...headers, rsc: '1' } });
    found.push({ address: `${address} (rsc)`, status: inner.status, text: await inner.text() });
    for (const match of text.matchAll(LINK)) {
      const next = (match.groups?.address ?? '').replaceAll('&amp;', '&');
      if (seen.has(next) || next.startsWith('/_next/') || !options.isWanted(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return found;
}

/** The addresses of the API that can be read, with these ids for what stands in braces; the rest is left out. */
export async function readableAddresses(
  base: string,
  idsOf: (path: string) => Readonly<Record<string, string>>,
): Promise<string[]> {
  const answer = await fetch(`${base}/api/v1/openapi.json`);
  const { paths } = (await answer.json()) as { paths: Record<string, { get?: object }> };
  return Object.entries(paths)
    .filter(([, methods]) => methods.get !== undefined)
    .map(([path]) => {
      const ids = idsOf(path);
      return path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
        const id = ids[name];
        return id === undefined ? whole : encodeURIComponent(id);
      });
    })
    .filter((path) => !path.includes('{'));
}
