import { toBlocks } from './transcript-blocks.ts';

interface TranscriptProps {
  text: string;
  reflections: readonly { start: number; end: number; label: string }[];
}

/**
 * What a model wrote, as text and nothing else. In blocks that the browser lays out only when they come into sight, so
 * that a megabyte opens like a paragraph.
 */
export function Transcript({ text, reflections }: TranscriptProps) {
  return (
    <div className="font-mono text-[13px] leading-[1.55] [overflow-wrap:anywhere] whitespace-pre-wrap">
      {toBlocks(text, reflections).map((block) => (
        <div
          key={block.start}
          className="[content-visibility:auto]"
          style={{ containIntrinsicSize: `auto ${block.lines * 20}px` }}
        >
          {block.pieces.map((piece) =>
            piece.label === null ? (
              piece.text
            ) : (
              <mark
                key={piece.start}
                data-reflection={piece.start}
                title={`Counted as a reflection: ${piece.label}`}
                className="scroll-mt-24 rounded-[2px] bg-reflection text-ink data-current:outline-2 data-current:outline-accent"
              >
                {piece.text}
              </mark>
            ),
          )}
        </div>
      ))}
    </div>
  );
}
