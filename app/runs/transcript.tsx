/** What was asked, as text and nothing else; a long one is laid out only in sight. */
export function Transcript({ text }: { text: string }) {
  return (
    <div className="font-mono text-[13px] leading-[1.55] [overflow-wrap:anywhere] whitespace-pre-wrap [content-visibility:auto]">
      {text}
    </div>
  );
}
