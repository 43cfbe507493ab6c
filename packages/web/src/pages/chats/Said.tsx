import { readSaid, readWords } from './read-said.ts';

/** Lines of a code block that are shown at once. */
const MOST_LINES = 12;

/** What the agent says. All of it is text: nothing that it says is markup, leads anywhere or is fetched. */
export const Said = ({ text }: { text: string }) => (
  <div className="flex flex-col gap-2 wrap-anywhere">
    {readSaid(text).map((block, index) => {
      const key = `${index} ${block.kind}`;
      if (block.kind === 'code') return <Code key={key} text={block.text} />;
      if (block.kind === 'paragraph')
        return (
          <p key={key} dir="auto" className="whitespace-pre-wrap">
            <Line text={block.text} />
          </p>
        );
      return (
        <ul key={key} className="list-disc space-y-0.5 pl-5">
          {block.items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items are only ever added behind the others
            <li key={at} dir="auto">
              <Line text={item} />
            </li>
          ))}
        </ul>
      );
    })}
  </div>
);

function Code({ text }: { text: string }) {
  const lines = text.split('\n').length;
  const code = (
    <pre className="rounded-md border border-line bg-sunken p-2.5 font-mono text-xs leading-relaxed whitespace-pre-wrap wrap-anywhere">
      {text}
    </pre>
  );
  if (lines <= MOST_LINES) return code;
  return (
    <details>
      <summary className="text-xs text-quiet">{lines} lines</summary>
      {code}
    </details>
  );
}

const Line = ({ text }: { text: string }) =>
  readWords(text).map((words, index) => {
    const key = `${index} ${words.look}`;
    if (words.look === 'strong') return <strong key={key}>{words.text}</strong>;
    if (words.look === 'code')
      return (
        <code key={key} className="rounded bg-sunken px-1 font-mono text-xs">
          {words.text}
        </code>
      );
    return <span key={key}>{words.text}</span>;
  });
