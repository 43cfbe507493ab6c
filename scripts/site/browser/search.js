import MiniSearch from 'minisearch';
import { SEARCH } from './search-options.js';

const SHOWN = 12;
const input = document.getElementById('search');
const list = document.getElementById('found');
const said = document.getElementById('said');

let loading;
/** The index is loaded when somebody is about to search; when that fails, the next time anew. */
const index = () => {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
};

async function load() {
  const answer = await fetch(input.dataset.index);
  if (!answer.ok) throw new Error(`the index is not there: ${answer.status}`);
  return MiniSearch.loadJSON(await answer.text(), SEARCH);
}

async function show() {
  const words = input.value.trim();
  const all = words === '' ? [] : (await index()).search(words);
  const found = all.slice(0, SHOWN);
  // Somebody typed on while the index was loaded.
  if (words !== input.value.trim()) return;
  list.replaceChildren(...found.map(entry));
  if (words !== '' && found.length === 0)
    list.append(Object.assign(document.createElement('li'), { textContent: 'Nothing found' }));
  list.hidden = words === '';
  said.textContent =
    words === '' ? '' : `${all.length} found${all.length > SHOWN ? `, the best ${SHOWN} are listed` : ''}`;
}

function entry({ id, title, heading }) {
  const link = document.createElement('a');
  link.href = `${input.dataset.root}/${id}`;
  link.textContent = heading;
  if (heading !== title) link.append(Object.assign(document.createElement('small'), { textContent: title }));
  const item = document.createElement('li');
  item.append(link);
  return item;
}

// What fails here is tried again with the next key.
input.addEventListener('focus', () => index().catch(() => {}));
input.addEventListener('input', () => show().catch(() => {}));
input.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') list.querySelector('a')?.click();
});
list.addEventListener('click', () => {
  list.hidden = true;
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') list.hidden = true;
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  input.focus();
});
document.getElementById('theme').addEventListener('click', () => {
  const { dataset } = document.documentElement;
  const isDark =
    dataset.theme === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : dataset.theme === 'dark';
  dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem('datamaker-guide-theme', dataset.theme);
});
