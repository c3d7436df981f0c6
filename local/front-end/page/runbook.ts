import { find, show } from './element.ts'
import { makeMarkdown } from './markdown.ts'

const answer = await fetch(window.location.pathname.replace('/runbook/', '/runbook-text/'))
show(find('runbook'), ...makeMarkdown(await answer.text()))
const [title] = find('runbook').querySelectorAll('h1')
if (title !== undefined) document.title = `${title.textContent} – token proxy runbook`
