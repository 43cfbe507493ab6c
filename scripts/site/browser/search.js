import MiniSearch from 'minisearch';
import { SEARCH } from './search-options.js';

const SHOWN = 12;
const input = document.getElementById('search');
const list = document.getElementById('found');

let loading;
/** The index is loaded when somebody is about to search. */
const index = () => {
  loading ??= fetch(input.dataset.index)
    .then((answer) => answer.text())
    .then((text) => MiniSearch.loadJSON(text, SEARCH));
  return loading;
};

async function show() {
  const words = input.value.trim();
  const found = words === '' ? [] : (await index()).search(words).slice(0, SHOWN);
  // Somebody typed on while the index was loaded.
  if (words !== input.value.trim()) return;
  list.replaceChildren(...found.map(entry));
  if (words !== '' && found.length === 0)
    list.append(Object.assign(document.createElement('li'), { textContent: 'Nothing found' }));
  list.hidden = words === '';
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

input.addEventListener('focus', () => void index());
input.addEventListener('input', () => void show());
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
