import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWorld } from '../../local/world.ts'
import { readReadmeCommand, startNpm } from '../fixtures/end-to-end/npm-command.ts'
import { hangMs } from '../fixtures/patience.ts'

test('npm run doctor finds a client in order and says so by its exit code', {
  timeout: hangMs,
}, async (t) => {
  const world = await openWorld({ port: 0 })
  t.after(() => world.close())
  const doctor = startNpm(t, readReadmeCommand('npm run doctor -- --client web'), world.env)
  assert.equal(await doctor.exitCode(), 0)
  assert.ok(doctor.lines.includes('web: everything is correct'), doctor.lines.join('\n'))
})
