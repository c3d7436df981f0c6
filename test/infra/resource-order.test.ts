import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dropEnforcedDependencies } from '../../infra/resource-order.ts'

const cases: Readonly<Record<string, readonly [properties: unknown, needed: readonly string[]]>> = {
  'nothing refers to it': [{ Name: 'Role' }, ['Role', 'Logs']],
  Ref: [{ Role: { Ref: 'Role' } }, ['Logs']],
  'Fn::GetAtt with a list': [{ Role: { 'Fn::GetAtt': ['Role', 'Arn'] } }, ['Logs']],
  'Fn::GetAtt with a text': [{ Role: { 'Fn::GetAtt': 'Role.Arn' } }, ['Logs']],
  'Fn::Sub with a text': [{ Text: { 'Fn::Sub': `\${Role}:\${Logs.Arn}` } }, []],
  'Fn::Sub with a list': [{ Text: { 'Fn::Sub': [`\${A}`, { A: { Ref: 'Logs' } }] } }, ['Role']],
  'a text of Fn::Sub that is no reference': [
    { Text: { 'Fn::Sub': `\${!Role}` } },
    ['Role', 'Logs'],
  ],
  'a reference within a list of a function': [
    { Text: { 'Fn::Join': ['/', ['integrations', { Ref: 'Role' }]] } },
    ['Logs'],
  ],
}

for (const [name, [Properties, needed]] of Object.entries(cases)) {
  test(`a DependsOn keeps what no reference enforces: ${name}`, () => {
    const Handler = { Type: 'AWS::Lambda::Function', DependsOn: ['Role', 'Logs'], Properties }
    const kept = dropEnforcedDependencies({ Handler })
    assert.deepEqual(kept['Handler']?.DependsOn ?? [], needed)
  })
}

test('a DependsOn that is a text is read like a list, and the rest of the resource stays', () => {
  const Route = { Type: 'AWS::ApiGatewayV2::Route', Properties: { Target: { Ref: 'Integration' } } }
  const kept = dropEnforcedDependencies({ Route: { ...Route, DependsOn: 'Integration' } })
  assert.deepEqual(kept, { Route })
})
