export { laconicJsonl } from './laconic-jsonl.ts';
export { qwenMathHarness } from './qwen-math-harness.ts';
