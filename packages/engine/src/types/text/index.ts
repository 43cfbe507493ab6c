import { add, bind, digits, get, type Int, type Piece, pick, text } from '../../plan/program.ts';
import { type BuildContext, defineType, type FieldType } from '../field-type.ts';
import { listType } from '../list-type.ts';
import lists from './lists.json' with { type: 'json' };
import { capitalised, runningTextTypes } from './running-text.ts';

const TEXT = 'text';
const MEDIA = 'files and media';
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];
const ALPHANUMERIC = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'];
const extensions = lists.extensions.map(([extension = '']) => extension);

const any = (list: readonly string[], { choose }: BuildContext): Piece => pick(list, choose(list.length));

const fileName = (context: BuildContext): Piece[] => [
  any(lists.fileWords, context),
  text('-'),
  { p: 'integer', value: add(context.choose(9000), 1000) },
  text('.'),
  any(extensions, context),
];

/** `length` characters of a list: a number, or as many as { min, max } draws. */
function characters(count: unknown, from: readonly string[], context: BuildContext): Piece[] {
  const { min, max } = typeof count === 'number' ? { min: count, max: count } : (count as { min: number; max: number });
  const always = Array.from({ length: min }, (): Piece => pick(from, context.choose(from.length)));
  if (max === min) return always;
  const more: Int = context.draw(max - min + 1);
  return [...always, { p: 'repeat', count: more, body: [pick(from, context.draw(from.length))], separator: [] }];
}

/** Texts, files and media. */
export const textTypes: readonly FieldType[] = [
  ...runningTextTypes,
  defineType({
    key: 'random_string',
    label: 'Random string',
    family: TEXT,
    summary: 'Drawn characters.',
    aliases: ['Random String', 'alphanumeric', 'string'],
    options: {
      min: { kind: 'integer', min: 1, max: 500, summary: 'Least number of characters.', default: 10 },
      max: { kind: 'integer', min: 1, max: 500, summary: 'Greatest number of characters.', default: 10 },
      alphabet: {
        kind: 'string',
        minLength: 1,
        maxLength: 200,
        summary: 'Characters to draw from; letters and digits unless given.',
      },
    },
    example: 'kT9fQw2LbX',
    check: ({ min, max, alphabet }) => [
      ...((min as number) > (max as number)
        ? [{ option: 'min', message: '`min` is above `max`', hint: 'swap them' }]
        : []),
      ...(typeof alphabet === 'string' && new Set(alphabet).size !== [...alphabet].length
        ? [{ option: 'alphabet', message: '`alphabet` has a character twice', hint: 'name each once' }]
        : []),
    ],
    build: ({ min, max, alphabet }, context) => ({
      kind: 'string',
      body: characters(
        min === max ? min : { min, max },
        typeof alphabet === 'string' ? [...alphabet] : ALPHANUMERIC,
        context,
      ),
    }),
  }),
  defineType({
    key: 'word',
    label: 'Word',
    family: TEXT,
    summary: 'A filler word.',
    options: {},
    example: 'tempora',
    localised: true,
    build: (_, context) => ({ kind: 'string', body: [any(context.lists.data.words, context)] }),
  }),
  listType({
    key: 'letter',
    label: 'Letter',
    family: TEXT,
    summary: 'A letter from a to z.',
    aliases: ['character', 'char'],
    values: LETTERS,
    example: 'q',
  }),
  defineType({
    key: 'slug',
    label: 'Slug',
    family: TEXT,
    summary: 'Three words for an address, with hyphens.',
    aliases: ['url_slug', 'permalink'],
    options: {},
    example: 'tempora-cupio-velit',
    localised: true,
    build: (_, context) => {
      const words = context.lists.asciiWords;
      return {
        kind: 'string',
        body: [any(words, context), text('-'), any(words, context), text('-'), any(words, context)],
      };
    },
  }),
  defineType({
    key: 'headline',
    label: 'Headline',
    family: TEXT,
    summary: 'Four to seven filler words, the first with a capital.',
    aliases: ['title', 'post_title', 'article_title'],
    options: {},
    example: 'Tempora cupio velit umerus',
    localised: true,
    build: (_, context) => {
      const first = capitalised(context);
      const { words } = context.lists.data;
      return {
        kind: 'string',
        body: [
          any(first, context),
          text(' '),
          any(words, context),
          text(' '),
          any(words, context),
          {
            p: 'repeat',
            count: add(context.draw(4), 1),
            body: [text(' '), pick(words, context.draw(words.length))],
            separator: [],
          },
        ],
      };
    },
  }),
  listType({
    key: 'note',
    label: 'Note',
    family: TEXT,
    summary: 'A line that clerks leave in a field for remarks.',
    aliases: ['notes', 'remark', 'comment', 'comments', 'memo'],
    values: lists.notes,
  }),
  listType({
    key: 'review',
    label: 'Review',
    family: TEXT,
    summary: 'What a customer says of a product.',
    aliases: ['review_text', 'feedback'],
    values: lists.reviews,
  }),
  listType({
    key: 'email_subject',
    label: 'Subject',
    family: TEXT,
    summary: 'Subject of a message.',
    aliases: ['subject'],
    values: lists.subjects,
  }),
  listType({
    key: 'quote',
    label: 'Saying',
    family: TEXT,
    summary: 'A proverb.',
    aliases: ['saying', 'proverb'],
    values: lists.quotes,
  }),
  listType({ key: 'tag', label: 'Tag', family: TEXT, summary: 'A label.', aliases: ['label'], values: lists.tags }),
  defineType({
    key: 'tags',
    label: 'Tags',
    family: TEXT,
    summary: 'One to four labels with commas between.',
    aliases: ['labels', 'keywords'],
    options: {},
    example: 'new,gift',
    notUnique: 'there are few of them',
    build: (_, { draw }) => {
      // One of each quarter of the list, so that none comes twice.
      const size = Math.floor(lists.tags.length / 4);
      const quarter = (i: number): Piece => pick(lists.tags.slice(i * size, (i + 1) * size), draw(size));
      const cases = [1, 2, 3, 4].map((count) =>
        Array.from({ length: count }, (_, i): Piece[] => (i === 0 ? [quarter(i)] : [text(','), quarter(i)])).flat(),
      );
      return { kind: 'string', body: [{ p: 'switch', on: draw(4), cases }] };
    },
  }),
  defineType({
    key: 'hashtag',
    label: 'Hashtag',
    family: TEXT,
    summary: '# and a word.',
    options: {},
    example: '#velit',
    localised: true,
    build: (_, context) => ({ kind: 'string', body: [text('#'), any(context.lists.asciiWords, context)] }),
  }),
  listType({
    key: 'emoji',
    label: 'Emoji',
    family: TEXT,
    summary: 'An emoji.',
    aliases: ['emoticon'],
    values: lists.emoji,
  }),
  defineType({
    key: 'html',
    label: 'HTML fragment',
    family: TEXT,
    summary: 'A paragraph of HTML.',
    aliases: ['html_snippet'],
    options: {},
    example: '<p>Tempora <em>cupio</em> velit.</p>',
    localised: true,
    build: (_, context) => {
      const { words } = context.lists.data;
      return {
        kind: 'string',
        body: [
          text('<p>'),
          any(words, context),
          text(' <em>'),
          any(words, context),
          text('</em> '),
          any(words, context),
          text('.</p>'),
        ],
      };
    },
  }),
  defineType({
    key: 'markdown',
    label: 'Markdown',
    family: TEXT,
    summary: 'A heading and a line of Markdown.',
    options: {},
    example: '## tempora\n\ncupio **velit** umerus',
    localised: true,
    build: (_, context) => {
      const { words } = context.lists.data;
      return {
        kind: 'string',
        body: [
          text('## '),
          any(words, context),
          text('\n\n'),
          any(words, context),
          text(' **'),
          any(words, context),
          text('**'),
        ],
      };
    },
  }),
  defineType({
    key: 'file_name',
    label: 'File name',
    family: MEDIA,
    summary: 'Name of a file with an extension.',
    aliases: ['filename', 'fileName'],
    options: {},
    example: 'report-4821.pdf',
    build: (_, context) => ({ kind: 'string', body: fileName(context) }),
  }),
  listType({
    key: 'file_extension',
    label: 'File extension',
    family: MEDIA,
    summary: 'Extension of a file.',
    aliases: ['file_type', 'extension'],
    values: extensions,
  }),
  defineType({
    key: 'file_path',
    label: 'File path',
    family: MEDIA,
    summary: 'Absolute path of a file.',
    aliases: ['path', 'filepath'],
    options: {},
    example: '/srv/export/report-4821.pdf',
    build: (_, context) => ({ kind: 'string', body: [any(lists.folders, context), text('/'), ...fileName(context)] }),
  }),
  listType({
    key: 'directory_path',
    label: 'Directory',
    family: MEDIA,
    summary: 'Absolute path of a directory.',
    aliases: ['directory', 'folder'],
    values: lists.folders,
  }),
  defineType({
    key: 'file_size',
    label: 'File size',
    family: MEDIA,
    summary: 'Bytes of a file; small ones are many.',
    aliases: ['size_in_bytes', 'bytes', 'content_length'],
    options: {},
    example: 184_320,
    build: (_, context) => {
      const sizes = Array.from({ length: 2000 }, (_, i) => Math.round(512 * 1.0075 ** i));
      const value: Int = context.unique
        ? context.choose(2 ** 30)
        : add({ op: 'lookup', table: sizes, index: context.draw(sizes.length) }, context.draw(512));
      return { kind: 'integer', body: [{ p: 'integer', value }] };
    },
  }),
  defineType({
    key: 'image_url',
    label: 'Image URL',
    family: MEDIA,
    summary: 'Address of an image that does not exist, with its width and height.',
    aliases: ['image', 'photo_url', 'picture', 'thumbnail'],
    options: {},
    example: 'https://images.example.com/4821093/640x480.jpg',
    build: (_, { choose }) => ({
      kind: 'string',
      body: [text('https://images.example.com/'), digits(choose(10_000_000), 7), text('/640x480.jpg')],
    }),
  }),
  defineType({
    key: 'avatar',
    label: 'Avatar',
    family: MEDIA,
    summary: 'Address of a picture of a person that does not exist.',
    aliases: ['avatar_url', 'profile_picture'],
    options: {},
    example: 'https://avatars.example.com/4821093.png',
    build: (_, { choose }) => ({
      kind: 'string',
      body: [text('https://avatars.example.com/'), digits(choose(10_000_000), 7), text('.png')],
    }),
  }),
  defineType({
    key: 'book_title',
    label: 'Book title',
    family: MEDIA,
    summary: 'Title of a book that nobody wrote.',
    aliases: ['book', 'movie_title', 'film_title'],
    options: {},
    example: 'The Silent Harbour',
    build: (_, context) => ({
      kind: 'string',
      body: [any(lists.titleStarts, context), text(' '), any(lists.titleNouns, context)],
    }),
  }),
  listType({
    key: 'music_genre',
    label: 'Music genre',
    family: MEDIA,
    summary: 'A genre of music.',
    aliases: ['genre'],
    values: lists.genres,
  }),
  listType({
    key: 'book_genre',
    label: 'Book genre',
    family: MEDIA,
    summary: 'A genre of books.',
    values: lists.bookGenres,
  }),
  defineType({
    key: 'image_resolution',
    label: 'Resolution',
    family: MEDIA,
    summary: 'Width and height in pixels.',
    aliases: ['resolution', 'image_size', 'dimensions'],
    options: {},
    example: '1920x1080',
    notUnique: 'there are few of them',
    build: (_, { draw }) => {
      const sizes = [
        '640x480',
        '800x600',
        '1024x768',
        '1280x720',
        '1366x768',
        '1600x900',
        '1920x1080',
        '2560x1440',
        '3840x2160',
      ];
      return { kind: 'string', body: [bind('size', draw(sizes.length)), pick(sizes, get('size'))] };
    },
  }),
];
