import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { copyProject, type ProjectCopy } from '../fixtures/infra/packaging.ts'

let project: ProjectCopy
before(() => {
  project = copyProject()
})
after(() => project.remove())

test('a stage without a file stops the packaging with the names of those that have one', async () => {
  for (const name of ['production', '../stages/dev', 'constructor']) {
    const { code, output } = await project.run('package', '--stage', name)
    assert.equal(code, 1)
    assert.equal(
      output,
      `stages/${name}.json cannot be used:\n- there is no file of that name in stages/, only dev\n`,
    )
  }
})

test('a bad stage stops the packaging before anything is built, with every problem named', async () => {
  project.writeStage('bad', { region: 7, clients: [{ name: 'Web' }], colour: 'red' })
  const { code, output } = await project.run('package', '--stage', 'bad')
  assert.equal(code, 1)
  for (const problem of [
    'colour is not known',
    'region must name an AWS Region',
    'TOKEN_PROXY_CLIENTS[0].name must match',
    'TOKEN_PROXY_CLIENTS[0].clientId is missing',
    'TOKEN_PROXY_CLIENTS[0].origins is missing',
  ]) {
    assert.ok(output.includes(`\n- ${problem}`), problem)
  }
  for (const made of ['dist', '.serverless']) assert.ok(!existsSync(join(project.folder, made)))
})

test('deploying refuses a bad stage just as packaging does', async () => {
  project.writeStage('bad', {})
  const { code, output } = await project.run('deploy', '--stage', 'bad')
  assert.equal(code, 1)
  assert.match(output, /\n- TOKEN_PROXY_CLIENTS is missing\n/)
})

test('a function that is built and not planned stops the packaging', async () => {
  const stray = join(project.folder, 'functions', 'stray.ts')
  writeFileSync(stray, 'export const handler = () => undefined\n')
  const { code, output } = await project.run('package', '--stage', 'dev')
  rmSync(stray)
  assert.equal(code, 1)
  assert.match(output, /stray is not planned: see infra\/functions\.ts/)
})

test('packaging warns where no alarm is mailed to anybody, and only there', async () => {
  const dev = JSON.parse(readFileSync(join(project.folder, 'stages', 'dev.json'), 'utf8'))
  // A function that cannot be built stops it right after the warning.
  const broken = join(project.folder, 'functions', 'broken.ts')
  writeFileSync(broken, 'export const handler = (\n')
  for (const [alarmEmails, warns] of [
    [[], true],
    [['ops@example.com'], false],
  ] as const) {
    project.writeStage('told', { ...dev, alarmEmails })
    const { code, output } = await project.run('package', '--stage', 'told')
    assert.equal(code, 1)
    assert.match(output, /broken\.ts/)
    const lines = output.split('\n').filter((line) => line.startsWith('warning: '))
    assert.deepEqual(
      lines,
      warns
        ? ['warning: alarmEmails of stages/told.json is empty, so no alarm is mailed to anybody']
        : [],
    )
  }
  rmSync(broken)
})

test('neither command does anything without a stage', async () => {
  for (const command of ['package', 'deploy']) {
    const { code, output } = await project.run(command)
    assert.equal(code, 2)
    assert.equal(output, "error: option '--stage <name>' is missing. See --help.\n")
  }
})
