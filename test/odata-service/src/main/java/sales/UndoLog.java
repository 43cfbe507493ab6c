package sales;

import java.util.ArrayDeque;
import java.util.Deque;

/** What takes back what was written since a mark: change sets are kept as a whole or not at all. */
final class UndoLog {
  private final Deque<Runnable> steps = new ArrayDeque<>();

  int mark() {
    return steps.size();
  }

  void add(Runnable step) {
    steps.push(step);
  }

  void backTo(int mark) {
    while (steps.size() > mark) steps.pop().run();
  }

  void clear() {
    steps.clear();
  }
}
