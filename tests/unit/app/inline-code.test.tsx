import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { InlineCode } from '#app/_ui/inline-code.tsx';

const codeIn = (text: string): string[] =>
  [...renderToStaticMarkup(<InlineCode text={text} />).matchAll(/<code[^>]*>(.*?)<\/code>/gu)].map(
    ([, code = '']) => code,
  );

test('what stands in backticks is code, and the rest is as it was', () => {
  expect(codeIn('The reference is `4 6 -> 24` or `a<b`.')).toEqual(['4 6 -&gt; 24', 'a&lt;b']);
  const text = renderToStaticMarkup(<InlineCode text="one `two` three" />);
  expect(text.replace(/<[^<>]*>/gu, '')).toBe('one two three');
});

test('a lone backtick is one', () => {
  expect(codeIn('a ` b')).toEqual([]);
  expect(renderToStaticMarkup(<InlineCode text="a ` b" />)).toBe('a ` b');
});
