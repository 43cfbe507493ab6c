import { IconButton } from './Button.tsx';
import { notify } from './notices.tsx';

/** Text to copy, as it is. @param wrap breaks long lines, so that nothing of them is out of sight */
export function CodeBlock({ text, label, wrap = false }: { text: string; label: string; wrap?: boolean }) {
  return (
    <div className="relative rounded-md border border-line bg-sunken">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={label}
        className={`max-h-96 overflow-auto p-3 pr-10 font-mono text-xs leading-relaxed ${wrap ? 'wrap-anywhere whitespace-pre-wrap' : 'whitespace-pre'}`}
      >
        {text}
      </section>
      <IconButton
        label={`Copy ${label}`}
        icon="copy"
        className="absolute top-1.5 right-1.5 bg-sunken"
        onClick={async () => {
          // Pages over plain HTTP have no clipboard.
          const isCopied = await navigator.clipboard?.writeText(text).then(
            () => true,
            () => false,
          );
          notify(isCopied ? 'Copied' : 'The browser does not let pages copy: select the text');
        }}
      />
    </div>
  );
}
