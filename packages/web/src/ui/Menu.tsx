import * as Dropdown from '@radix-ui/react-dropdown-menu';
import {
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  useCallback,
  useRef,
  useState,
} from 'react';
import { Icon, type IconName } from './Icon.tsx';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  readonly danger?: boolean;
  readonly checked?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly trigger: ReactElement<object>;
  readonly items: readonly MenuItem[];
  readonly align?: 'start' | 'end';
}

/** A menu behind a button. Until it is first opened it is no more than that: menus listen to every key press of the page. */
export function Menu(props: MenuProps) {
  const [usedBy, setUsedBy] = useState<'key' | 'pointer'>();
  if (usedBy !== undefined) return <UsedMenu {...props} isByKey={usedBy === 'key'} />;
  return cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    // A click of Enter or of the space bar counts as no click of a pointer.
    onClick: (event: MouseEvent) => setUsedBy(event.detail === 0 ? 'key' : 'pointer'),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown') return;
      event.preventDefault();
      setUsedBy('key');
    },
  } as object);
}

/**
 * It is not modal: locking the page's scroll would need a style of its own.
 * @param isByKey whether it was first opened by a key: the first item has the focus then, as it has of any later key, which the menu sees
 */
function UsedMenu({ trigger, items, align = 'end', isByKey }: MenuProps & { readonly isByKey: boolean }) {
  const isFirst = useRef(isByKey);
  const focusFirst = useCallback((item: HTMLElement | null): void => {
    if (item === null || !isFirst.current) return;
    isFirst.current = false;
    item.focus({ preventScroll: true });
  }, []);
  return (
    <Dropdown.Root modal={false} defaultOpen>
      <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content
          align={align}
          sideOffset={4}
          className="z-50 max-h-80 min-w-44 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-sm text-ink shadow-lg"
        >
          {items.map(({ label, icon, danger, checked, onSelect }, index) => (
            <Dropdown.Item
              key={label}
              ref={index === 0 ? focusFirst : null}
              onSelect={onSelect}
              className={`flex cursor-pointer items-center gap-2 rounded-md px-2 py-1.5 outline-none data-highlighted:bg-sunken ${danger ? 'text-bad' : ''}`}
            >
              {icon !== undefined && <Icon name={icon} className={danger ? '' : 'text-faint'} />}
              <span className="min-w-0 flex-1 truncate">{label}</span>
              {checked && <Icon name="check" className="text-accent" />}
            </Dropdown.Item>
          ))}
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}
