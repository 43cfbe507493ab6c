/** How the guide is indexed, and searched: both sides have to agree. */
export const SEARCH = {
  fields: ['title', 'heading', 'text'],
  storeFields: ['title', 'heading'],
  searchOptions: { boost: { title: 4, heading: 3 }, prefix: true, combineWith: 'AND' },
};
