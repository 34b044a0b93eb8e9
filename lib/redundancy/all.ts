export { reflectionKeywords } from './reflection-keywords.ts';
export { reflectionKeywordsLaser } from './reflection-keywords-laser.ts';
