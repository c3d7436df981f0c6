import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCause } from '../../../core/causes/catalogue.ts'
import { type Template, toTemplate } from '../../../infra/deployment.ts'
import { listStoppingAlarms, stoppingCauses } from '../../../infra/gradual/stopping-alarms.ts'
import { listAliased } from '../../../infra/gradual/versions.ts'
import { parseStage } from '../../../infra/stage.ts'
import { planAlarms } from '../../../infra/watching.ts'
import { leastClientFields } from '../../fixtures/core/sample-client.ts'
import { toStage } from '../../fixtures/infra/alarms-of-stage.ts'

const key = 'arn:aws:kms:eu-central-1:123456789012:key/1'
const make = (fields: Readonly<Record<string, unknown>> = {}, digest = 'code') =>
  toTemplate(toStage(fields), undefined, () => digest)
const findVersion = (template: Template, name: string) =>
  Object.keys(template.Resources).find((id) => id.startsWith(`${name}Version`)) ?? ''

test('without the options there is no version, no alias and no parameter', () => {
  const { Resources, Parameters } = make()
  assert.equal(Parameters, undefined)
  assert.doesNotMatch(JSON.stringify(Resources), /Lambda::(?:Alias|Version)|CodeDeploy/)
})

test('callers reach both functions through an alias, and no one else does', () => {
  assert.deepEqual(listAliased(toStage({ gradualDeployment: true })), ['oauth2', 'metadata'])
  assert.deepEqual(listAliased(toStage({ provisionedConcurrency: 1 })), ['oauth2'])
  const { Resources } = make({ gradualDeployment: true })
  assert.ok(!Resources['DoctorAlias'])
})

test('the HTTP API waits for the permission to call the alias, and the one to call the function stays', () => {
  const { Resources } = make({ gradualDeployment: true })
  const integration = Resources['HttpApiIntegrationOauth2']
  assert.deepEqual(integration?.Properties['IntegrationUri'], { Ref: 'Oauth2Alias' })
  assert.deepEqual(integration?.DependsOn, ['Oauth2AliasPermissionHttpApi'])
  const added = Resources['Oauth2AliasPermissionHttpApi']
  assert.deepEqual(added?.Properties['FunctionName'], { Ref: 'Oauth2Alias' })
  const id = 'Oauth2LambdaPermissionHttpApi'
  assert.deepEqual(Resources[id], make().Resources[id])
})

test('without an alias, too, the HTTP API waits for the permission that it needs', () => {
  assert.deepEqual(make().Resources['HttpApiIntegrationOauth2']?.DependsOn, [
    'Oauth2LambdaPermissionHttpApi',
  ])
})

test('another code and other settings are another version, and nothing else is', () => {
  const gradual = { gradualDeployment: true }
  const id = findVersion(make(gradual), 'Oauth2')
  assert.match(id, /^Oauth2Version[0-9a-f]{16}$/)
  for (const more of [{ tags: { team: 'x' } }, { reservedConcurrency: 7 }, { topicsKmsKey: key }]) {
    assert.equal(findVersion(make({ ...gradual, ...more }), 'Oauth2'), id, JSON.stringify(more))
  }
  assert.notEqual(findVersion(make({ ...gradual, memoryMb: 1024 }), 'Oauth2'), id)
  assert.notEqual(findVersion(make({ ...gradual, deadlineMs: 8000 }), 'Oauth2'), id)
  assert.notEqual(findVersion(make(gradual, 'other code'), 'Oauth2'), id)
  // A version keeps its role, and another path is another role.
  const moved = findVersion(make({ ...gradual, rolePath: '/team/' }), 'Oauth2')
  assert.notEqual(moved, id)
  assert.notEqual(findVersion(make({ ...gradual, rolePath: '/other/' }), 'Oauth2'), moved)
})

test('where no digest is given, the place of the code tells one version from another', () => {
  const at = (S3Key: string) =>
    findVersion(
      toTemplate(toStage({ gradualDeployment: true }), () => ({ S3Key })),
      'Oauth2',
    )
  assert.equal(at('one.zip'), at('one.zip'))
  assert.notEqual(at('one.zip'), at('other.zip'))
})

test('a version is left behind when it is replaced, because a request may still be led to it', () => {
  const template = make({ gradualDeployment: true })
  const { DeletionPolicy } = template.Resources[findVersion(template, 'Metadata')] ?? {}
  assert.equal(DeletionPolicy, 'Retain')
})

test('the alias moves to the newest version, by the group that the parameter names', () => {
  const template = make({ gradualDeployment: true, provisionedConcurrency: 3 })
  const { Resources, Parameters } = template
  const alias = Resources['Oauth2Alias']
  assert.deepEqual(alias?.Properties, {
    FunctionName: { Ref: 'Oauth2LambdaFunction' },
    FunctionVersion: { 'Fn::GetAtt': [findVersion(template, 'Oauth2'), 'Version'] },
    Name: 'live',
    ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
  })
  assert.deepEqual(alias?.UpdatePolicy, {
    CodeDeployLambdaAliasUpdate: {
      ApplicationName: { Ref: 'GradualApplication' },
      DeploymentGroupName: { 'Fn::Sub': `oauth2-\${Shift}` },
    },
  })
  const { Shift } = Parameters as { Shift: { Default: string; AllowedValues: string[] } }
  assert.equal(Shift.Default, 'gradual')
  for (const shift of Shift.AllowedValues) {
    const named = Object.entries(Resources).find(
      ([, { Properties }]) => Properties['DeploymentGroupName'] === `oauth2-${shift}`,
    )
    assert.ok(named && alias?.DependsOn?.includes(named[0]), shift)
  }
  assert.ok(!JSON.stringify(Resources['MetadataAlias']).includes('Provisioned'))
})

test('warm sandboxes alone need an alias of oauth2, and nothing of CodeDeploy', () => {
  const { Resources } = make({ provisionedConcurrency: 3 })
  assert.ok(Resources['Oauth2Alias'] && !Resources['MetadataAlias'])
  assert.equal(Resources['Oauth2Alias'].UpdatePolicy, undefined)
  assert.doesNotMatch(JSON.stringify(Resources), /CodeDeploy/)
})

test('what takes a deployment back is the fault of the operator, pages, and is nothing that strangers provoke', () => {
  for (const name of Object.keys(stoppingCauses) as (keyof typeof stoppingCauses)[]) {
    const { fault, alarm } = toCause(name)
    assert.equal(fault, 'operator', name)
    assert.ok(alarm !== undefined && alarm.provokable === undefined, name)
  }
})

test('CodeDeploy looks at no more than ten alarms, each of which the stage has', () => {
  for (const watch of ['full', 'small']) {
    const stage = toStage({ gradualDeployment: true, watch })
    const names = planAlarms(stage).map(({ name }) => name as string)
    const stopping = listStoppingAlarms(stage)
    assert.ok(stopping.length > 0 && stopping.length <= 9)
    for (const name of stopping) assert.ok(names.includes(name), name)
    const { Resources } = make({ gradualDeployment: true, watch })
    const configuration = Resources['MetadataGradualGroup']?.Properties['AlarmConfiguration']
    const { Alarms } = configuration as { Alarms: readonly { Name: { Ref: string } }[] }
    assert.equal(Alarms[0]?.Name.Ref, 'AlarmMetadataVersionErrors')
    assert.equal(Alarms.length, stopping.length + 1)
  }
})

test('the alarm on a version counts only what that version did for callers', () => {
  const template = make({ gradualDeployment: true })
  const alarm = template.Resources['AlarmOauth2VersionErrors']
  assert.deepEqual(alarm?.Properties['Dimensions'], [
    { Name: 'FunctionName', Value: { Ref: 'Oauth2LambdaFunction' } },
    { Name: 'Resource', Value: { 'Fn::Sub': `\${Oauth2LambdaFunction}:live` } },
    {
      Name: 'ExecutedVersion',
      Value: { 'Fn::GetAtt': [findVersion(template, 'Oauth2'), 'Version'] },
    },
  ])
})

test('the role of CodeDeploy is for its partition, and reaches the aliased functions alone', () => {
  const { GradualRole: role } = make({ gradualDeployment: true }).Resources
  assert.match(JSON.stringify(role), /"codedeploy\.amazonaws\.com"/)
  assert.doesNotMatch(JSON.stringify(role), /Doctor/)
  const inChina = make({ gradualDeployment: true, region: 'cn-north-1' }).Resources['GradualRole']
  assert.match(JSON.stringify(inChina), /"codedeploy\.cn-north-1\.amazonaws\.com\.cn"/)
})

test('no more sandboxes can be warm than may run', () => {
  const fields = { region: 'eu-central-1', clients: [leastClientFields] }
  const toProblems = (more: object) => {
    const parsed = parseStage({ ...fields, ...more })
    return parsed.ok ? [] : parsed.problems
  }
  assert.deepEqual(toProblems({ provisionedConcurrency: 20 }), [])
  assert.deepEqual(toProblems({ provisionedConcurrency: 21 }), [
    'provisionedConcurrency must not be more than reservedConcurrency',
  ])
})
