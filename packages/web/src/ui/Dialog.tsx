import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './Button.tsx';

/**
 * A dialog over the page. The browser's own element: it keeps the focus inside, closes with Escape and makes the page behind it inert
 * without a style that the policy of the page would have to allow.
 */
export function Dialog({
  title,
  onClose,
  children,
  wide = false,
  bare = false,
}: {
  title: string;
  /** Without, it stays until what it asks for is done. */
  onClose?: () => void;
  children: ReactNode;
  wide?: boolean;
  /** Without a heading of its own. */
  bare?: boolean;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      aria-labelledby={bare ? undefined : id}
      aria-label={bare ? title : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose?.();
      }}
      className={`max-h-[min(85dvh,52rem)] w-[calc(100vw-2rem)] flex-col overflow-hidden rounded-xl border border-line bg-raised p-0 text-ink shadow-2xl open:flex ${wide ? 'max-w-4xl' : 'max-w-lg'}`}
    >
      {!bare && (
        <header className="flex items-center justify-between gap-3 border-b border-line px-4 py-2.5">
          <h2 id={id} className="truncate text-base font-semibold">
            {title}
          </h2>
          {onClose !== undefined && <IconButton label="Close" icon="close" onClick={onClose} />}
        </header>
      )}
      <div className={`min-h-0 flex-1 overflow-y-auto ${bare ? '' : 'p-4'}`}>{children}</div>
    </dialog>
  );
}
