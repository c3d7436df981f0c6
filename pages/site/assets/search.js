// Shows the results of the search page. The index and what reads it are made by Pagefind.
const { pathname, search } = window.location
const results = new window.PagefindUI({
  element: '#search',
  baseUrl: new URL('../', window.location.origin + pathname).pathname,
  showSubResults: true,
  showImages: false,
})
// The field brings no label along.
const field = document.querySelector('#search input')
field?.setAttribute('aria-label', 'Search the docs')
const words = new URLSearchParams(search).get('q')
if (words) results.triggerSearch(words)
