/** A text in which backticks mark code, as descriptions of plug-ins are written for terminals and pages alike. */
export function InlineCode({ text }: { text: string }) {
  return text
    .split(/`([^`]+)`/u)
    .map((part, index) => (index % 2 === 0 ? part : <Code key={index} text={part} />));
}

function Code({ text }: { text: string }) {
  return <code className="font-mono text-[0.92em] [overflow-wrap:anywhere]">{text}</code>;
}
