import { createHash } from 'node:crypto';
import {
  JUDGE_PROMPT_VERSION,
  judgeMessages,
  needsModel,
  readJudgement,
} from '#lib/audit/judge-prompt.ts';
import { canonicalJson } from '#lib/schemas/canonical-json.ts';
import type { Verdict, VerifyInput } from '#lib/verifiers/verifier.ts';
import type { Resolve } from './address-guard.ts';
import type { AuditJudge, JudgedInput } from './audit-run.ts';
import { askChat, ChatFailure, type ChatAnswer, type ChatMessage } from './chat-client.ts';
import { JudgeBudget } from './judge-budget.ts';
import type { JudgeSettings } from './judge-settings.ts';

export interface StoredAnswer extends ChatAnswer {
  hash: string;
  model: string;
  promptVersion: string;
}

/** Answers by the hash of what was asked: an interrupted audit goes on where it was, and costs nothing twice. */
export interface JudgeCache {
  find(hash: string): Promise<ChatAnswer | null>;
  save(answer: StoredAnswer): Promise<void>;
}

export interface JudgeBounds {
  /** Questions at the same time. */
  concurrency: number;
  /** Of one answer. */
  maxTokens: number;
  timeoutMs: number;
  /** Requests that may be sent in all, tries included. */
  maxRequests: number;
  /** Null without a limit, or where no price is known. */
  maxCostUsd: number | null;
  tries: number;
}

export const JUDGE_BOUNDS: JudgeBounds = {
  concurrency: 4,
  maxTokens: 1_024,
  timeoutMs: 60_000,
  maxRequests: 1_000,
  maxCostUsd: null,
  tries: 3,
};

export interface JudgeUse {
  requests: number;
  fromCache: number;
  /** Answers in which no verdict could be read. */
  unparsable: number;
  /** Questions that got no answer after all tries. */
  failed: number;
  /** Questions that were not sent because a limit was reached. */
  overLimit: number;
  /** What went wrong last; null while nothing has. */
  lastFault: string | null;
  /** Why nothing more is asked; null while the judge can be asked. */
  halted: string | null;
  inputTokens: number;
  outputTokens: number;
  /** Questions whose tokens nobody counted: they are booked at the most that they can have cost. */
  uncounted: number;
  /** Null when no price is known. */
  costUsd: number | null;
}

/** A server that asks for more patience than this is asked again the next time. */
const MAX_WAIT_MS = 120_000;

/** So many questions in a row without an answer, after all tries, and the judge is taken to be out of reach. */
const MAX_FAILED_IN_A_ROW = 5;

const NOTHING_USED = { input: 0, output: 0 };

/** A model behind an OpenAI-compatible address as a judge: bounded, cached, and never trusted with a maybe. */
export class ModelJudge {
  readonly settings: JudgeSettings;
  readonly use: JudgeUse;
  private readonly bounds: JudgeBounds;
  private readonly cache: JudgeCache;
  private readonly edges: { resolve?: Resolve; sleep: (ms: number) => Promise<void> };
  private readonly budget: JudgeBudget;
  private readonly waiting: (() => void)[] = [];
  private active = 0;
  private failedInARow = 0;

  constructor(
    settings: JudgeSettings,
    cache: JudgeCache,
    options: {
      bounds?: Partial<JudgeBounds>;
      resolve?: Resolve;
      sleep?: (ms: number) => Promise<void>;
    } = {},
  ) {
    this.settings = settings;
    this.cache = cache;
    this.bounds = { ...JUDGE_BOUNDS, ...options.bounds };
    this.budget = new JudgeBudget(settings.prices, this.bounds.maxCostUsd);
    this.edges = {
      sleep: options.sleep ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
      ...(options.resolve !== undefined && { resolve: options.resolve }),
    };
    this.use = {
      requests: 0,
      fromCache: 0,
      unparsable: 0,
      failed: 0,
      overLimit: 0,
      lastFault: null,
      halted: null,
      inputTokens: 0,
      outputTokens: 0,
      uncounted: 0,
      costUsd: this.budget.costUsd,
    };
  }

  /**
   * One verdict; null when there is no answer, for a fault or a limit that `use` counts. What the model does not decide
   * in the words it was given is unverifiable.
   */
  async judge(input: VerifyInput, extracted: string | null): Promise<Verdict | null> {
    const text = await this.answer(judgeMessages(input, extracted), JUDGE_PROMPT_VERSION);
    return text === null ? null : this.toVerdict(text, extracted);
  }

  /** What the model says, from the cache where it was asked before; null when there is no answer, as `use` counts. */
  async answer(messages: readonly ChatMessage[], promptVersion: string): Promise<string | null> {
    const { model, baseUrl } = this.settings;
    const { maxTokens } = this.bounds;
    const asked = { server: serverOf(baseUrl), model, messages, maxTokens, promptVersion };
    const hash = createHash('sha256').update(canonicalJson(asked)).digest('hex');
    return this.inTurn(async () => {
      const known = await this.cache.find(hash);
      if (known !== null) {
        this.use.fromCache += 1;
        return known.text;
      }
      const answer = await this.ask(messages);
      if (answer === null) return null;
      await this.cache.save({ ...answer, hash, model, promptVersion });
      return answer.text;
    });
  }

  private async ask(messages: readonly ChatMessage[]): Promise<ChatAnswer | null> {
    for (let attempt = 0; attempt < this.bounds.tries && this.use.halted === null; attempt += 1) {
      const most = this.budget.mostOf(messages, this.bounds.maxTokens);
      if (!(await this.budget.reserve(most))) return this.leaveOut();
      if (this.use.requests >= this.bounds.maxRequests) {
        this.budget.settle(most, NOTHING_USED);
        return this.leaveOut();
      }
      this.use.requests += 1;
      try {
        const answer = await askChat(this.settings, messages, { ...this.bounds, ...this.edges });
        this.book(most, answer.usage);
        this.failedInARow = 0;
        return answer;
      } catch (error) {
        // An address that is refused will not do for any other question either.
        if (!(error instanceof ChatFailure)) throw error;
        this.book(most, error.isAnswered ? NOTHING_USED : null);
        const wait = error.retryAfterMs ?? 500 * 2 ** attempt;
        this.note(error, wait);
        if (!error.canRetry || wait > MAX_WAIT_MS) break;
        if (attempt + 1 < this.bounds.tries) await this.edges.sleep(wait);
      }
    }
    this.use.failed += 1;
    this.failedInARow += 1;
    if (this.failedInARow >= MAX_FAILED_IN_A_ROW)
      this.use.halted ??= `${String(this.failedInARow)} questions in a row got no answer`;
    return null;
  }

  private leaveOut(): null {
    this.use.overLimit += 1;
    return null;
  }

  private note(failure: ChatFailure, wait: number): void {
    const isTooLong = failure.canRetry && wait > MAX_WAIT_MS;
    const patience = isTooLong ? ` and asks to wait ${String(Math.ceil(wait / 1000))} s` : '';
    this.use.lastFault = `${failure.message}${patience}`;
    if (failure.isForAll) this.use.halted ??= this.use.lastFault;
  }

  private book(most: number, usage: ChatAnswer['usage']): void {
    this.budget.settle(most, usage);
    this.use.costUsd = this.budget.costUsd;
    if (usage === null) this.use.uncounted += 1;
    this.use.inputTokens += usage?.input ?? 0;
    this.use.outputTokens += usage?.output ?? 0;
  }

  private toVerdict(text: string, extracted: string | null): Verdict {
    const judgement = readJudgement(text);
    const by = `${this.settings.model}, prompt ${JUDGE_PROMPT_VERSION}`;
    if (judgement === 'same') return { status: 'correct', extracted, reason: `accepted by ${by}` };
    if (judgement === 'different')
      return { status: 'wrong', extracted, reason: `refused by ${by}` };
    this.use.unparsable += 1;
    return {
      status: 'unverifiable',
      extracted,
      reason: `no verdict could be read from the answer of ${by}`,
    };
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.active >= this.bounds.concurrency) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.active += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.active -= 1;
      else next();
    }
  }
}

/** One address in one writing: servers call different models by one name, and one server is written in many ways. */
function serverOf(baseUrl: string): string {
  return (URL.parse(baseUrl)?.href ?? baseUrl).replace(/\/$/u, '');
}

/** The model alone: it sees the end of the response, as no rule has looked for the answer. */
export function modelOnly(model: ModelJudge): AuditJudge {
  const judge = async (input: VerifyInput): Promise<JudgedInput> => ({
    verdict: await model.judge(input, null),
    ms: null,
  });
  return { label: 'model-judge', judge: (inputs) => Promise.all(inputs.map(judge)) };
}

/** The rule first, the model only where `needsModel` says so; it can add acceptances and take none away. */
export function hybrid(rule: AuditJudge, model: ModelJudge): AuditJudge {
  const combine = async (input: VerifyInput, { verdict }: JudgedInput): Promise<JudgedInput> => {
    if (verdict === null || !needsModel(verdict, input.gold)) return { verdict, ms: null };
    const second = await model.judge(input, verdict.extracted);
    if (second === null) return { verdict: null, ms: null };
    return { verdict: second.status === 'correct' ? second : verdict, ms: null };
  };
  return {
    label: `hybrid(${rule.label})`,
    async judge(inputs) {
      const first = await rule.judge(inputs);
      return Promise.all(
        inputs.map((input, index) => {
          const judged = first[index];
          if (judged === undefined) throw new Error('The rule gave fewer verdicts than inputs.');
          return combine(input, judged);
        }),
      );
    },
  };
}
