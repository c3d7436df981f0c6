import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renewParts } from '../../pages/generated-parts.ts'

const page = `# A page

Written by hand.

<!-- generated: numbers -->
<!-- end -->

Also by hand.

<!-- generated: more words -->

old

<!-- end -->
`

const renewed = `# A page

Written by hand.

<!-- generated: numbers -->

| 1 | $& |

<!-- end -->

Also by hand.

<!-- generated: more words -->

new

<!-- end -->
`

test('a page keeps its prose and gets the generated parts at their places', () => {
  assert.equal(renewParts(page, { numbers: '| 1 | $& |', 'more words': 'new' }), renewed)
})

test('an up-to-date page is not changed', () => {
  assert.equal(renewParts(renewed, { numbers: '| 1 | $& |', 'more words': 'new' }), renewed)
})

test('a part without a place, a place without a part and a place that is there twice are refused', () => {
  const parts = { numbers: '1', 'more words': 'new' }
  assert.throws(() => renewParts(page, { ...parts, other: '2' }), /no place for: other/)
  assert.throws(() => renewParts(page, { numbers: '1' }), /more words/)
  assert.throws(() => renewParts(page + page, parts), /twice: numbers/)
})
