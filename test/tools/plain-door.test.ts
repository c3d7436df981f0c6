import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { listPlans } from '../../infra/deployment.ts'
import { plainTemplateFile, toPlainCommands } from '../../infra/doors/plain.ts'
import { ensureBuilt } from '../../local/built-functions.ts'
import { plainFolder, writePlainDoor } from '../../tools/plain-door.ts'
import { edgedFields } from '../fixtures/infra/edged-stage.ts'
import { toStage } from '../fixtures/infra/template-of-stage.ts'

test('other digests of edge keys make another version in the plain template, which is deployed with them', () => {
  ensureBuilt()
  const stage = toStage('edged', { ...edgedFields, edge: 'required', gradualDeployment: true })
  const own = mkdtempSync(join(tmpdir(), 'token-proxy-plain-'))
  const listVersions = (digests: string) => {
    process.env['DEPLOY_EDGE_KEY_DIGESTS'] = digests
    writePlainDoor(stage, own)
    const { Resources } = JSON.parse(
      readFileSync(join(own, plainFolder, plainTemplateFile), 'utf8'),
    )
    return Object.keys(Resources).filter((id) => Resources[id].Type === 'AWS::Lambda::Version')
  }
  try {
    mkdirSync(join(own, '.serverless'))
    // Whatever osls has packed: the door copies it, and names it after its content.
    for (const [name] of listPlans(stage)) {
      writeFileSync(join(own, '.serverless', `${name}.zip`), name)
    }
    const [old = [], next = []] = ['a', 'a,b'].map(listVersions)
    assert.equal(old.length, 2)
    assert.deepEqual(
      old.filter((id) => next.includes(id)),
      [],
    )
    assert.match(toPlainCommands(stage, plainFolder).join(), / EdgeKeyDigests=DIGEST/)
  } finally {
    delete process.env['DEPLOY_EDGE_KEY_DIGESTS']
    rmSync(own, { recursive: true })
  }
})
