// What a page tells of itself while it is measured; runs in the page before its own scripts. Times are in milliseconds.
(() => {
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const cells = () =>
    document.querySelectorAll('[role=table][aria-label=Rows] [role=row][aria-rowindex="2"] [role=cell]');

  /** Resolves with the time of the frame in which something is so for the first time. */
  const once = (isSo) =>
    new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('what was waited for has not come')), 60_000);
      const look = () => {
        if (!isSo()) return false;
        observer.disconnect();
        // The frame that shows the change has been drawn when the next one begins.
        requestAnimationFrame(() => resolve(performance.now()));
        return true;
      };
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      look();
    });

  let longest = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  }).observe({ type: 'longtask' });

  /** From the beginning of the navigation to the first row. */
  const firstRow = once(() => (cells()[1]?.textContent ?? '') !== '');

  globalThis.measured = {
    firstRow: () => firstRow,
    /** From the next key press to the frame that shows the text of the focused box in the column behind the number of the row. */
    typed: () =>
      new Promise((resolve, reject) => {
        const box = document.activeElement;
        const onKey = ({ timeStamp }) => {
          const isShown = () => cells()[1]?.textContent === box.value;
          box.addEventListener('input', () => once(isShown).then((at) => resolve(at - timeStamp), reject), {
            once: true,
          });
        };
        addEventListener('keydown', onKey, { capture: true, once: true });
      }),
    /** The longest task since it was asked last; 0 for none of 50 ms. */
    longestTask: () => {
      const was = longest;
      longest = 0;
      return was;
    },
    /** Until every line that there is has its text. */
    settled: async (selector, lineSelector) => {
      const lines = () => [...document.querySelector(selector).querySelectorAll(lineSelector)];
      do {
        await nextFrame();
      } while (lines().length === 0 || lines().some(({ textContent }) => textContent === ''));
    },
    /**
     * Scrolls a box, frame by frame. @param step pixels of a frame
     * @returns the time between frames, and in how many of them there was a line without its text
     */
    scroll: async (selector, frames, step, lineSelector) => {
      const box = document.querySelector(selector);
      const times = [];
      let blank = 0;
      let before = await nextFrame();
      for (let frame = 0; frame < frames; frame++) {
        box.scrollTop += step;
        const now = await nextFrame();
        times.push(now - before);
        before = now;
        const { top, bottom } = box.getBoundingClientRect();
        const isBlank = [...box.querySelectorAll(lineSelector)].some((line) => {
          const place = line.getBoundingClientRect();
          return place.bottom > top && place.top < bottom && line.textContent === '';
        });
        if (isBlank) blank++;
      }
      return { times, blank, top: box.scrollTop, height: box.scrollHeight };
    },
  };
})();
