export { dyckLanguage } from './dyck-language.ts';
export { dyckLanguageErrors } from './dyck-language-errors.ts';
export { dyckLanguageReasoningErrors } from './dyck-language-reasoning-errors.ts';
export { kukurasu } from './kukurasu.ts';
