/**
 * Whether a response keeps the form that SynLogic asks for (arXiv 2505.19641): one thinking block, then one answer
 * element, nothing around them but white space.
 */
export function hasThinkAnswerForm(response: string): boolean {
  const text = response.trim();
  if (!text.startsWith('<think>') || !text.endsWith('</answer>')) return false;
  const marks = ['<think>', '</think>', '<answer>', '</answer>'];
  if (marks.some((mark) => text.indexOf(mark) !== text.lastIndexOf(mark))) return false;
  const closed = text.indexOf('</think>');
  const opened = text.indexOf('<answer>');
  return closed !== -1 && opened > closed && text.slice(closed + 8, opened).trim() === '';
}
