export { cl100k } from './cl100k.ts';
export { deepseekV3 } from './deepseek-v3.ts';
export { gemma3 } from './gemma3.ts';
export { llama3 } from './llama3.ts';
export { o200k } from './o200k.ts';
export { qwen25 } from './qwen2.5.ts';
