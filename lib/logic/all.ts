export { booleanExpressions } from './boolean-expressions.ts';
export { calcudoko } from './calcudoko.ts';
export { cryptarithm } from './cryptarithm.ts';
export { dyckLanguageErrors } from './dyck-language-errors.ts';
export { dyckLanguageReasoningErrors } from './dyck-language-reasoning-errors.ts';
export { dyckLanguage } from './dyck-language.ts';
export { futoshiki } from './futoshiki.ts';
export { kukurasu } from './kukurasu.ts';
