import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { canaries, findCanaries } from '../fixtures/browser/canaries.ts'
import { type Demo, openDemo } from '../fixtures/browser/demo.ts'
import { readPage, type Sighting } from '../fixtures/browser/traffic.ts'

let demo: Demo

before(async () => {
  demo = await openDemo()
})

after(() => demo.close())

const leaksIn = (sightings: readonly Sighting[]) =>
  sightings.flatMap(({ place, text }) => findCanaries(text).map((form) => ({ place, form })))

test('the secret and the Basic value are in no byte that the browser sees, in no form', async () => {
  const ada = await demo.visit()
  const seen: Sighting[] = []
  const look = async () => seen.push(...(await readPage(ada.page)))
  for (const client of ['web', 'web-rotating']) {
    await ada.page.getByLabel(client, { exact: false }).first().check()
    await ada.signIn()
    await ada.seeAda()
    await ada.refresh()
    await look()
    await ada.signOut()
  }
  await ada.page.goto(demo.world.frontEnd.operatorsUrl)
  await ada.page.getByText(/requests of the last 10 seconds succeeded/).waitFor()
  await look()
  seen.push(...(await ada.traffic.seen()))

  assert.deepEqual(leaksIn(seen), [])
  const places = new Set(seen.map(({ place }) => place))
  assert.deepEqual(
    [...places].filter((place) => place.startsWith('unread')),
    [],
  )
  const needed = ['request headers of /oauth2/token', 'request body of /oauth2/token']
  needed.push('headers of /oauth2/token', 'body of /oauth2/token', 'body of /demo.js', 'events')
  needed.push('headers of /login', 'request headers of /callback', 'page', 'storage', 'cookies')
  for (const place of needed) assert.ok(places.has(place), `${place} was looked at`)
  const body = seen.find(({ place, text }) => place === 'body of /oauth2/token' && text !== '')
  assert.match(body?.text ?? '', /"id_token":"ey/)
  await ada.page.context().close()
})

test('they are in no line that the functions write, though the user pool was shown them', () => {
  const { records, userPool } = demo.world
  const lines = records.lines()
  assert.ok(lines.some((line) => line.includes('"outcome":"ok"')))
  assert.ok(lines.some((line) => line.includes('"_aws"')))
  assert.deepEqual(findCanaries(lines.join('\n')), [])
  const shown = findCanaries(JSON.stringify(userPool.calls))
  assert.ok(shown.includes('web: Basic value') && shown.includes('web-rotating: Basic value'))
})

test('the search would find each form wherever it stood', async () => {
  const eve = await demo.visit()
  const origin = demo.world.frontEnd.url
  for (const { form, value } of canaries) {
    assert.ok(findCanaries(`before ${value} after`).includes(form))
  }
  const [{ value } = { value: 'none' }] = canaries
  const leak = JSON.stringify(value)
  await eve.page.route('**/leaky', (route) =>
    route.fulfill({ body: `<p>${value}</p>`, headers: { 'x-leak': value } }),
  )
  const send = async (request: string) => {
    const finished = eve.page.waitForEvent('requestfinished')
    await eve.page.evaluate(`fetch(${request}).then((answer) => answer.text())`)
    await finished
  }
  await send(`'/leaky', { method: 'POST', body: ${leak} }`)
  await send(`'/leaky', { headers: { 'x-leak': ${leak} } }`)
  await send(`'/settings.json?leak=' + ${leak}`)
  await eve.page.evaluate(`console.log(${leak})`)
  await eve.page.evaluate(`sessionStorage.setItem('leak', ${leak})`)
  await eve.page.evaluate(`document.title = ${leak}`)
  await eve.page.context().addCookies([{ name: 'leak', value, url: origin }])
  const leaks = leaksIn([...(await eve.traffic.seen()), ...(await readPage(eve.page))])
  const places = new Set(leaks.map(({ place }) => place))
  assert.deepEqual([...places].sort(), [
    'address of /settings.json',
    'body of /leaky',
    'console',
    'cookies',
    'headers of /leaky',
    'page',
    'request body of /leaky',
    'request headers of /leaky',
    'storage',
  ])
  await eve.page.context().close()
})
