export { o200k } from './o200k.ts';
export { qwen25 } from './qwen2.5.ts';
