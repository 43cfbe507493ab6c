import { IconButton } from './Button.tsx';
import { notify } from './notices.tsx';

/** Text to copy, as it is. */
export function CodeBlock({ text, label }: { text: string; label: string }) {
  return (
    <div className="relative rounded-md border border-line bg-sunken">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={label}
        className="max-h-96 overflow-auto p-3 pr-10 font-mono text-xs leading-relaxed whitespace-pre"
      >
        {text}
      </section>
      <IconButton
        label={`Copy ${label}`}
        icon="copy"
        className="absolute top-1.5 right-1.5 bg-sunken"
        onClick={() =>
          navigator.clipboard.writeText(text).then(
            () => notify('Copied'),
            () => notify('The browser does not let pages copy: select the text'),
          )
        }
      />
    </div>
  );
}
