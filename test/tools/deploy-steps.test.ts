import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { readWishes, toVariables, type Wishes } from '../../tools/deploy/flags.ts'
import { toStackParameters } from '../../tools/deploy/parameters.ts'
import { type StackPlugin, steerStackPlugin } from '../../tools/deploy/steer.ts'
import { reportStop } from '../../tools/deploy/stopped.ts'
import { toStage } from '../fixtures/infra/alarms-of-stage.ts'
import { type AccountState, openAwsAccount, toChangeXml } from '../fixtures/infra/aws-account.ts'
import { toEventXml } from '../fixtures/infra/stand-in-stacks.ts'

const replacesApi = toChangeXml('Modify', 'AWS::ApiGatewayV2::Api', 'HttpApi', 'True')
const plain: Wishes = {
  allowsReplacement: false,
  asksFirst: false,
  shift: undefined,
  digests: undefined,
}
const role = { id: 'Oauth2Role', type: 'AWS::IAM::Role' }
/** A role that IAM refuses, what is given up for it, and the way back. */
const failing = {
  status: 'UPDATE_ROLLBACK_COMPLETE',
  events: [
    toEventXml('UPDATE_IN_PROGRESS'),
    toEventXml('CREATE_COMPLETE', { id: 'Oauth2LogGroup', type: 'AWS::Logs::LogGroup' }),
    toEventXml('UPDATE_FAILED', {
      ...role,
      reason: 'not authorized to perform: iam:PutRolePolicy',
    }),
    toEventXml('UPDATE_FAILED', {
      ...{ id: 'DoctorRole', type: 'AWS::IAM::Role', reason: 'Resource update cancelled' },
    }),
    toEventXml('UPDATE_ROLLBACK_IN_PROGRESS'),
    toEventXml('UPDATE_ROLLBACK_COMPLETE'),
  ],
}

interface Change {
  readonly wishes?: Partial<Wishes>
  readonly isTerminal?: boolean
  readonly answer?: boolean
}

/** Opens an account, and makes a change as osls does with its plugin, with the network and no process. */
async function change(t: TestContext, state: AccountState, how: Change = {}) {
  const account = await openAwsAccount(t, { stackStatus: 'UPDATE_COMPLETE', ...state })
  Object.assign(process.env, {
    ...{ AWS_ENDPOINT_URL: account.url, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
  })
  const said: string[] = []
  const shown: string[] = []
  const plugin: StackPlugin = {
    waitForChangeSetCreation: async () => ({ Status: 'CREATE_COMPLETE' }),
    monitorStack: async () => assert.fail('osls follows the change itself'),
  }
  const parts = {
    ...{ stageName: 'dev', isInteractive: false, clearProgress: () => {} },
    toError: (message: string) => new Error(message),
  }
  const show = how.isTerminal === true ? (text: string) => void shown.push(text) : undefined
  steerStackPlugin(plugin, parts, {
    ...{ region: 'eu-central-1', service: 'token-proxy-dev', everyMs: 1 },
    wishes: { ...plain, ...how.wishes },
    screen: { say: (line) => void said.push(line), show },
    confirm: async () => how.answer ?? true,
    prepare: async () => {},
  })
  const run = async () => {
    const made = await plugin.waitForChangeSetCreation('change', 'token-proxy-dev')
    const body = 'Action=ExecuteChangeSet&StackName=token-proxy-dev'
    await fetch(account.url, { method: 'POST', body })
    return plugin.monitorStack('update', made)
  }
  const thrown = await run().then(
    () => undefined,
    (error: Error) => error.message,
  )
  return { ...account, said, shown, thrown }
}

test('a change set that replaces the HTTP API is deleted and not executed', async (t) => {
  const { said, calls, thrown } = await change(t, { changes: replacesApi })
  assert.match(said.join('\n'), /^! the HTTP API HttpApi is replaced: lost is its address/m)
  assert.match(thrown ?? '', /add --allow-replacement/)
  assert.equal(calls.at(-1), 'DeleteChangeSet')
  assert.ok(!calls.includes('PutMetricData'))
})

test('the same change set is executed where the operator allows the loss', async (t) => {
  const { calls, thrown } = await change(
    t,
    { changes: replacesApi },
    { wishes: { allowsReplacement: true } },
  )
  assert.equal(thrown, undefined)
  assert.ok(calls.indexOf('PutMetricData') < calls.indexOf('ExecuteChangeSet'))
})

test('a change that the operator does not want is deleted and not executed', async (t) => {
  const { calls, thrown } = await change(t, {}, { answer: false })
  assert.equal(thrown, 'Nothing of the stack was changed.')
  assert.equal(calls.at(-1), 'DeleteChangeSet')
})

test('a log gets a line for each resource, and the reason of the first failure ends the change', async (t) => {
  const { said, thrown } = await change(t, { change: failing })
  assert.equal(thrown, 'role Oauth2Role: not authorized to perform: iam:PutRolePolicy')
  assert.deepEqual(said.slice(-3), [
    'created: log group Oauth2LogGroup',
    '! failed: role Oauth2Role: not authorized to perform: iam:PutRolePolicy',
    '! CloudFormation undoes the change',
  ])
})

test('a terminal gets one line that changes, and keeps what failed', async (t) => {
  const { said, shown } = await change(t, { change: failing }, { isTerminal: true })
  assert.equal(shown.at(-1), '')
  assert.ok(!said.some((line) => line.startsWith('created')))
  assert.ok(said.some((line) => line.startsWith('! failed')))
})

test('how versions take over reaches the parameter of the template, where that has it', () => {
  Object.assign(process.env, toVariables({ ...plain, shift: 'at-once' }))
  const parameters = toStackParameters({ Parameters: { Shift: {} } })
  assert.deepEqual(parameters, [{ ParameterKey: 'Shift', ParameterValue: 'at-once' }])
  assert.deepEqual(toStackParameters({}), [])
})

test('the wishes of the operator reach the process of osls by its environment', () => {
  for (const wishes of [
    plain,
    { allowsReplacement: true, asksFirst: true, shift: 'gradual', digests: 'a' } as const,
  ]) {
    assert.deepEqual(readWishes(toVariables(wishes)), wishes)
  }
})

/** What a stopped deployment says. */
async function stop(t: TestContext, state: AccountState) {
  await change(t, state)
  const said: string[] = []
  await reportStop('dev', toStage({}, 'dev'), 'failed', (line) => void said.push(line))
  return said.join('\n')
}

test('a failed deployment ends with its first failure, the state of the stack and the next step', async (t) => {
  const text = await stop(t, { change: failing })
  assert.match(text, /^- first failed: role Oauth2Role: not authorized/m)
  assert.match(text, /^- the stack token-proxy-dev is as it was before/m)
})

test('a stack that goes on without the command says how to wait for it, and how to undo it', async (t) => {
  const status = 'UPDATE_IN_PROGRESS'
  const ended = [toEventXml(status), toEventXml('UPDATE_COMPLETE')]
  const text = await stop(t, { change: { events: ended, status } })
  assert.match(text, /goes on with the stack token-proxy-dev without this command/)
  assert.match(text, /cancel-update-stack --region eu-central-1 --stack-name token-proxy-dev/)
  assert.doesNotMatch(text, /first failed/)
})

test('where nothing can be asked any more, it says that, and which command will', async (t) => {
  const { url } = await openAwsAccount(t, { refused: ['DescribeStacks'] })
  Object.assign(process.env, { AWS_ENDPOINT_URL: url })
  const said: string[] = []
  await reportStop('dev', toStage({}, 'dev'), 'interrupted', (line) => void said.push(line))
  assert.match(
    said.join('\n'),
    /could not be read \(AccessDenied\)\n.*describe-stacks --region eu-central-1 --stack-name/,
  )
})
