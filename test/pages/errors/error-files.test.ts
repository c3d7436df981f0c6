import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { toWording, wordingNames } from '../../../core/explain/wordings.ts'
import { switches } from '../../../local/switches.ts'
import { toErrorFiles } from '../../../pages/errors/error-files.ts'
import { rankReasons } from '../../../pages/errors/error-page.ts'
import { countReports } from '../../../pages/errors/report-counts.ts'
import { trials } from '../../../pages/errors/trials.ts'

const files = toErrorFiles(switches)
const root = join(import.meta.dirname, '..', '..', '..')
const index = files['README.md'] ?? ''
const pageOf = (name: string) => files[`${name}.md`] ?? assert.fail(`${name} has no page`)

test('the index leads to the page of every wording, and to its first reasons', () => {
  for (const name of wordingNames) {
    assert.ok(index.includes(`](${name}.md)`), name)
    const [first = ''] = rankReasons(name)
    assert.ok(index.includes(`](${name}.md#${first})`), name)
  }
})

test('every link of every page leads to a file and a heading that are there', () => {
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith('.md')) continue
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      const [file = '', anchor] = target.split('#')
      const isHere = !file.includes('/')
      const linked = isHere ? files[file === '' ? path : file] : undefined
      if (isHere) assert.ok(linked !== undefined, `${path}: ${target}`)
      else assert.ok(existsSync(join(root, 'docs/errors', file)), `${path}: ${target}`)
      if (anchor !== undefined)
        assert.ok(linked?.includes(`\n## ${anchor}\n`), `${path}: ${target}`)
    }
  }
})

for (const name of wordingNames) {
  test(`the page of ${name} has each reason with what decides, the fix, the proxy and the trial`, () => {
    for (const reason of toWording(name).reasons) {
      const section = pageOf(name).split(`\n## ${reason}\n`)[1]?.split('\n## ')[0] ?? ''
      for (const part of ['What decides', 'Fix', 'With the proxy', 'Try it']) {
        assert.ok(section.includes(`**${part}:** `), `${reason}: ${part}`)
      }
      const trial = trials[reason]
      if (trial !== undefined && 'switch' in trial) {
        const { title } = switches[trial.switch as keyof typeof switches]
        assert.ok(section.includes(`press *${title}*`), reason)
      }
      const count = countReports(name).byReason.get(reason)
      if (count !== undefined) assert.ok(section.includes(`Met in ${count} of `), reason)
    }
  })

  test(`the picture of ${name} has a title, a description, every reason, and colours for both themes`, () => {
    const picture = files[`${name}.svg`] ?? ''
    assert.match(picture, /<title id="t">What decides about .+<\/title>/)
    assert.match(picture, /<desc id="d">.+<\/desc>/)
    assert.match(picture, /prefers-color-scheme:dark/)
    for (const reason of toWording(name).reasons) assert.ok(picture.includes(`>${reason}</text>`))
  })
}

test('the reasons of a page are ranked by how often they were reported', () => {
  for (const name of wordingNames) {
    const { byReason, all } = countReports(name)
    const counts = rankReasons(name).map((reason) => byReason.get(reason) ?? 0)
    assert.deepEqual(
      counts,
      counts.toSorted((one, other) => other - one),
      name,
    )
    assert.ok([...byReason.values()].reduce((sum, count) => sum + count, 0) <= all)
  }
  assert.equal(rankReasons('invalid_grant')[0], 'code_already_used')
})

test("the word unauthorized_client leads to each cause of Cognito's four with its fix", () => {
  const four = ['grant_not_allowed', 'oauth_flows_disabled', 'callback_not_registered']
  for (const cause of [...four, 'redirect_uri_mismatch']) {
    assert.ok(pageOf('unauthorized_client').includes(`\n## ${cause}\n`), cause)
  }
})

test('the page about CORS says how to see the answer that it hides, and leads to a missing secret', () => {
  assert.match(pageOf('cors'), /Send the same request with curl/)
  assert.match(pageOf('cors'), /\n## client_secret_missing\n/)
})

test('the README leads to the index and to the commonest words in one click', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  for (const name of ['README', 'invalid_client', 'invalid_grant', 'unauthorized_client', 'cors']) {
    assert.ok(readme.includes(`](docs/errors/${name}.md)`), name)
  }
  assert.ok(readme.indexOf('docs/errors/README.md') < readme.indexOf('## How it works'))
})
