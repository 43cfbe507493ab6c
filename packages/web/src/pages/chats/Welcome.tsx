import { EmptyState } from '../../ui/EmptyState.tsx';

/** Requests that work with a model and without. */
const EXAMPLES = ['Generate 20 rows with name, email, signup_date', 'List templates', 'List connections'];

/** What stands in a chat in which nothing was said. @param model null: patterns answer; undefined: not known yet */
export const Welcome = ({ model, onPick }: { model: string | null | undefined; onPick?: (text: string) => void }) => (
  <EmptyState
    icon="chat"
    title="What do you need?"
    action={
      onPick &&
      EXAMPLES.map((text) => (
        <button
          key={text}
          type="button"
          onClick={() => onPick(text)}
          className="rounded-md border border-line bg-panel px-2.5 py-1.5 text-left hover:border-edge"
        >
          {text}
        </button>
      ))
    }
  >
    The agent calls tools with your rights. You see each call with its arguments and its result, and what leaves the
    workspace waits for you.
    {model === null &&
      ' No model is set up on this server, so patterns answer: they know requests like these. All others are answered with what works, and how to set a model up.'}
  </EmptyState>
);
