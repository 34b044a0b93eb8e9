/** tokenizer.json writes bytes as visible characters (GPT-2's table): those that are not shift up to U+0100. */
export function byteAlphabet(): string[] {
  let shifted = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const isVisible = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
    if (isVisible) return String.fromCharCode(byte);
    shifted += 1;
    return String.fromCharCode(shifted - 1);
  });
}
