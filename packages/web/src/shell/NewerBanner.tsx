import { Icon } from '../ui/Icon.tsx';

/** Says that the server has a newer build of the app. Whoever has something unsaved is asked by the browser before it is loaded. */
export const NewerBanner = () => (
  <p
    role="status"
    className="sticky top-0 z-20 flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-ink"
  >
    <Icon name="warning" className="text-warn" />
    <span>A newer version of the app is there. Save what you have changed, then</span>
    <button type="button" onClick={() => location.reload()} className="text-accent underline underline-offset-2">
      load it
    </button>
  </p>
);
