export { kukurasu } from './kukurasu.ts';
