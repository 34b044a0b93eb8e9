import { isRowRecord, toFields, toList, toText } from './row-record.ts';

/** The visible text and the reasoning of one message, from a text or a list of parts. */
export interface MessageTexts {
  content: string | null;
  reasoning: string | null;
  /** True when reasoning was billed whose text the provider keeps to itself. */
  isRedacted: boolean;
}

/** Chat messages of OpenAI, vLLM (`reasoning_content`, later `reasoning`), DeepSeek and Inspect. */
export function readMessage(value: unknown): MessageTexts {
  const message = toFields(value);
  const texts = readContent(message.content);
  const apart = toText(message.reasoning) ?? toText(message.reasoning_content);
  return { ...texts, reasoning: texts.reasoning ?? apart };
}

/** A text, or parts of which some are reasoning. No text at all is null, not ''. */
export function readContent(content: unknown): MessageTexts {
  if (!Array.isArray(content)) {
    return { content: toText(content), reasoning: null, isRedacted: false };
  }
  const visible: string[] = [];
  const reasoning: string[] = [];
  let isRedacted = false;
  for (const part of content.filter(isRowRecord)) {
    if (part.type === 'reasoning' || part.type === 'thinking') {
      isRedacted ||= part.redacted === true;
      const text = [part.reasoning, part.thinking, part.text, part.summary].find(isFilled);
      if (text !== undefined && part.redacted !== true) reasoning.push(text);
    } else if (typeof part.text === 'string') visible.push(part.text);
  }
  return { content: joined(visible), reasoning: joined(reasoning), isRedacted };
}

/** What the user last asked. */
export function lastUserText(messages: unknown): string | null {
  const asked = toList(messages).filter((message) => toFields(message).role === 'user');
  return readMessage(asked.at(-1)).content;
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function joined(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join('\n');
}
