import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { addAudit } from '#lib/db/audit.ts';
import type { Session } from '#lib/db/client.ts';
import {
  createBenchmark,
  findBenchmark,
  finishBenchmark,
  insertItems,
  lockBenchmarkName,
  type NewItem,
} from '#lib/db/declare-benchmark.ts';
import { listBenchmarkItems, setHiddenGold } from '#lib/db/benchmark-items.ts';
import { AppError, type ErrorDetail } from '#lib/errors.ts';
import {
  BenchmarkHeader,
  BenchmarkItem,
  type BenchmarkReceipt,
} from '#lib/schemas/benchmark-file.ts';
import { knownTokenizers } from '#lib/known-tokenizers.ts';
import { verifiers } from '#lib/verifiers/index.ts';
import { parsePolicy } from '#lib/verifiers/parse-policy.ts';
import { DEFAULT_TOKENIZER } from './open-target.ts';
import { inferVerifier } from './infer-verifier.ts';
import { createItemKeys, questionKey } from './item-key.ts';
import { readJsonRows, type JsonRow } from './json-row.ts';

const MAX_ITEMS = 1_000_000;
const MAX_FINDINGS = 50;
const MAX_DUPLICATES = 200;
const ITEMS_AT_ONCE = 1_000;

interface Parsed {
  header: BenchmarkHeader;
  items: NewItem[];
  duplicates: BenchmarkReceipt['duplicates'];
}

/**
 * Stores a benchmark file: a header line, then an item a line. All of it or nothing; the same items again are the same
 * version. Throws `invalid_input` with the lines that are wrong, `conflict` when the items differ from the newest
 * version and the header does not ask for a new one.
 */
export async function importBenchmark(
  session: Session,
  source: AsyncIterable<Uint8Array>,
  owner: { tokenId: string; isAdmin: boolean },
): Promise<BenchmarkReceipt> {
  const { header, items, duplicates } = await parse(source);
  const verifier = readVerifier(header, items);
  const tokenizer = readTokenizer(header.tokenizer);
  const contentHash = contentHashOf(items);
  await lockBenchmarkName(session, header.name);
  const newest = await findBenchmark(session, { name: header.name, split: header.split });
  const report = {
    contentHash,
    duplicates: duplicates.slice(0, MAX_DUPLICATES),
    duplicateCount: duplicates.length,
    items: items.length,
  };
  if (newest !== null) {
    const stored = await listBenchmarkItems(session, newest.id);
    if (contentHashOf(stored) === contentHash) {
      const { id, name, version, split, visibility, verifier: known, tokenizer: counter } = newest;
      return {
        ...report,
        id,
        name,
        version,
        split,
        visibility,
        verifier: known,
        tokenizer: counter,
        isNew: false,
      };
    }
    if (!header.newVersion) throw differs(newest, stored, items);
    if (!owner.isAdmin && newest.ownerTokenId !== owner.tokenId) {
      throw new AppError(
        'forbidden',
        `"${header.name}" was declared by somebody else: only they and admins make a new version of it.`,
      );
    }
  }
  const visibility = owner.isAdmin ? header.visibility : 'unlisted';
  const created = await createBenchmark(session, {
    name: header.name,
    version: (newest?.version ?? 0) + 1,
    split: header.split,
    title: header.title ?? header.name,
    description: header.description ?? null,
    visibility,
    verifier: verifier.id,
    verifierVersion: verifier.version,
    policy: header.policy,
    tokenizer,
    licence: header.licence ?? null,
    source: header.source ?? null,
    axis: null,
    ownerTokenId: owner.tokenId,
  });
  for (let at = 0; at < items.length; at += ITEMS_AT_ONCE) {
    await insertItems(session, created.id, items.slice(at, at + ITEMS_AT_ONCE));
  }
  if (header.hiddenGold) await setHiddenGold(session, created.id);
  await finishBenchmark(session, {
    id: created.id,
    itemCount: items.length,
    verifier: verifier.id,
    verifierVersion: verifier.version,
  });
  await addAudit(session, {
    actorTokenId: owner.tokenId,
    action: 'benchmark.import',
    subject: created.id,
    detail: { items: items.length, contentHash },
  });
  const { id, name, version, split } = created;
  return {
    ...report,
    id,
    name,
    version,
    split,
    visibility,
    verifier: verifier.id,
    tokenizer,
    isNew: true,
  };
}

async function parse(source: AsyncIterable<Uint8Array>): Promise<Parsed> {
  const findings: ErrorDetail[] = [];
  let header: BenchmarkHeader | null = null;
  const items: NewItem[] = [];
  const keys = new Set<string>();
  const keyOf = createItemKeys();
  const firstOf = new Map<string, NewItem>();
  const duplicates: Parsed['duplicates'] = [];
  for await (const rows of readJsonRows(source)) {
    for (const row of rows) {
      if (findings.length >= MAX_FINDINGS) throw refused(findings);
      if (header === null) {
        header = parseLine(BenchmarkHeader, row, findings);
        if (header === null) throw refused(findings);
        continue;
      }
      const item = parseLine(BenchmarkItem, row, findings);
      if (item === null) continue;
      const { prompt, gold, choices = null, difficulty = null, groups } = item;
      const key = keyOf({ key: item.key ?? null, prompt, choices }, 0) ?? '';
      if (keys.has(key) || key === '.' || key === '..') {
        findings.push({
          line: row.line,
          pointer: '/key',
          code: keys.has(key) ? 'duplicate_key' : 'item_key_reserved',
          message: keys.has(key)
            ? `The key "${key}" stands in the file already.`
            : `An item can not be called "${key}".`,
          hint: 'Give every item a key of its own, or none.',
        });
        continue;
      }
      keys.add(key);
      const placed: NewItem = {
        key,
        position: items.length,
        prompt,
        choices,
        difficulty,
        groups,
        gold,
      };
      items.push(placed);
      if (items.length > MAX_ITEMS) {
        throw new AppError('too_large', `A benchmark has at most ${String(MAX_ITEMS)} items.`);
      }
      const question = questionKey(prompt, choices);
      const first = firstOf.get(question);
      if (first === undefined) firstOf.set(question, placed);
      else
        duplicates.push({
          key,
          firstKey: first.key,
          isSameGold: first.gold.trim() === gold.trim(),
        });
    }
  }
  if (header === null)
    throw new AppError(
      'invalid_input',
      'The file is empty: the first line describes the benchmark.',
    );
  if (findings.length > 0) throw refused(findings);
  if (items.length === 0)
    throw new AppError('invalid_input', 'The file has no items behind its first line.');
  return { header, items, duplicates };
}

function parseLine<T extends z.ZodType>(
  schema: T,
  row: JsonRow,
  findings: ErrorDetail[],
): z.output<T> | null {
  if (row.error !== null) {
    findings.push(row.error);
    return null;
  }
  const parsed = schema.safeParse(row.value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  findings.push({
    line: row.line,
    byteOffset: row.byteOffset,
    pointer: issue === undefined ? '' : issue.path.map((step) => `/${String(step)}`).join(''),
    code: issue?.code ?? 'invalid',
    message: issue?.message ?? 'The line is not valid.',
  });
  return null;
}

function refused(details: readonly ErrorDetail[]): AppError {
  return new AppError('invalid_input', 'The benchmark is refused; nothing of it is stored.', {
    details,
  });
}

function readVerifier(header: BenchmarkHeader, items: readonly NewItem[]) {
  if (header.verifier === undefined) return inferVerifier(items);
  if (!verifiers.has(header.verifier)) {
    const known = verifiers.all.map(({ id }) => id).join(', ');
    throw new AppError(
      'invalid_input',
      `There is no verifier "${header.verifier}". Known: ${known}.`,
    );
  }
  const verifier = verifiers.get(header.verifier);
  parsePolicy(verifier, header.policy);
  return verifier;
}

function readTokenizer(id: string | undefined): string {
  if (id === undefined) return DEFAULT_TOKENIZER;
  if (knownTokenizers().has(id)) return id;
  const known = knownTokenizers()
    .all.map((tokenizer) => tokenizer.id)
    .join(', ');
  throw new AppError('invalid_input', `There is no tokenizer "${id}". Known: ${known}.`);
}

type Content = Pick<NewItem, 'key' | 'prompt' | 'choices'> & { gold: string | null };

/** SHA-256 of one item: key, question, choices and reference answer. */
export function itemHash({ key, prompt, choices, gold }: Content): string {
  return createHash('sha256')
    .update(JSON.stringify([key, prompt, choices, gold]))
    .digest('hex');
}

export function contentHashOf(items: readonly Content[]): string {
  const hash = createHash('sha256');
  for (const item of items) hash.update(itemHash(item));
  return hash.digest('hex');
}

function differs(
  newest: { name: string; version: number },
  stored: readonly Content[],
  items: readonly Content[],
): AppError {
  const hashes = new Map(stored.map((item) => [item.key, itemHash(item)]));
  const keys = new Set(items.map(({ key }) => key));
  const added = items.filter(({ key }) => !hashes.has(key)).length;
  const changed = items.filter(
    (item) => hashes.has(item.key) && hashes.get(item.key) !== itemHash(item),
  ).length;
  const removed = stored.filter(({ key }) => !keys.has(key)).length;
  const order = added + changed + removed === 0 ? ' Only the order differs.' : '';
  return new AppError(
    'conflict',
    `${newest.name}@${String(newest.version)} has other items: ${String(added)} are new, ${String(changed)} changed, ${String(removed)} are gone.${order} Ask for a new version, or give the benchmark another name.`,
  );
}
