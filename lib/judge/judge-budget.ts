import type { ChatMessage } from './chat-client.ts';
import type { JudgeSettings } from './judge-settings.ts';

/** UTF-8 bytes that a server may put around a message before it counts: roles, separators, a template. */
const FRAME_BYTES = 64;

interface Usage {
  input: number;
  output: number;
}

/**
 * What is spent on a judge, in USD, and how much may be. The most that a question can cost is set aside before it is asked,
 * so that questions which are open at the same time do not exceed the limit together.
 */
export class JudgeBudget {
  /** Null when no price is known, and then nothing is limited. */
  costUsd: number | null;
  private reserved = 0;
  private open = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly prices: JudgeSettings['prices'];
  private readonly maxCostUsd: number | null;

  constructor(prices: JudgeSettings['prices'], maxCostUsd: number | null) {
    this.prices = prices;
    this.maxCostUsd = maxCostUsd;
    this.costUsd = prices === null ? null : 0;
  }

  /** The most that one question can cost: a token is at least one byte long. */
  mostOf(messages: readonly ChatMessage[], maxTokens: number): number {
    const bytes = messages.reduce(
      (sum, { content }) => sum + Buffer.byteLength(content) + FRAME_BYTES,
      0,
    );
    return this.priceOf({ input: bytes, output: maxTokens });
  }

  /**
   * False when the limit could be exceeded, which is known once the questions that are open are settled; what is set
   * aside must be settled.
   */
  async reserve(most: number): Promise<boolean> {
    while (this.maxCostUsd !== null && this.spent() + most > this.maxCostUsd) {
      if (this.open === 0) return false;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.open += 1;
    this.reserved += most;
    return true;
  }

  private spent(): number {
    return (this.costUsd ?? 0) + this.reserved;
  }

  /** Books what a question took; one whose use is unknown (null) is booked at the most that it can have cost. */
  settle(most: number, usage: Usage | null): void {
    this.open -= 1;
    this.reserved = this.open === 0 ? 0 : this.reserved - most;
    if (this.costUsd !== null) this.costUsd += usage === null ? most : this.priceOf(usage);
    for (const resume of this.waiting.splice(0)) resume();
  }

  private priceOf({ input, output }: Usage): number {
    return this.prices === null
      ? 0
      : (input * this.prices.input + output * this.prices.output) / 1e6;
  }
}
