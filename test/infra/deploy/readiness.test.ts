import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeployNames } from '../../../infra/deploy/names.ts'
import { type Findings, judgeReadiness } from '../../../infra/deploy/readiness.ts'

const names: DeployNames = {
  ...{ stack: 'token-proxy-dev', region: 'eu-west-1' },
  functions: ['token-proxy-dev-oauth2'],
  logGroups: ['/aws/lambda/token-proxy-dev-oauth2'],
  reserved: 41,
  secretIds: ['web'],
  keys: [],
  certificates: [],
  stoppingAlarms: [],
  versioned: [],
  edge: undefined,
}
const failed = { ok: false, error: 'AccessDenied' } as const
const found = <T>(value: T) => ({ ok: true, value }) as const
const ready: Findings = {
  concurrency: found({ unreserved: 1000, ours: 0 }),
  denied: found([]),
  secrets: [['web', found('filled')]],
  certificates: [],
  edge: { edge: found(undefined), servesDirectly: true },
  stackStatus: found('UPDATE_COMPLETE'),
  logGroups: found(['/aws/lambda/token-proxy-dev-oauth2']),
  keys: [],
  activeAlarms: found([]),
}
test('in a second Region, a secret is not imported but replicated, by a call of the first Region', () => {
  const findings: Findings = { ...ready, secrets: [['web', found('absent')]] }
  const by = (from: string | undefined) =>
    judgeReadiness(findings, { ...names, replica: { of: 'prod', from } }, 'dev').problems[0]?.fix
  const end = '--secret-id web --add-replica-regions Region=eu-west-1: it copies the secret of'
  const call = 'Run aws secretsmanager replicate-secret-to-regions'
  assert.equal(by('eu-central-1'), `${call} --region eu-central-1 ${end} the stage prod.`)
  assert.equal(by(undefined), `${call} ${end} the stage prod.`)
})

test('a secret that is restored by its ARN is that of the Region in it', () => {
  const arn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:web-AbCdEf'
  const findings: Findings = { ...ready, secrets: [[arn, found('deleted')]] }
  const [problem] = judgeReadiness(findings, names, 'dev').problems
  assert.match(problem?.fix ?? '', /restore-secret --region eu-central-1 --secret-id arn:/)
})

const judge = (change: Partial<Findings>) => judgeReadiness({ ...ready, ...change }, names, 'dev')

test('nothing stops the deployment into an account that is ready', () => {
  assert.deepEqual(judge({}), { problems: [], unchecked: [] })
  assert.deepEqual(judge({ stackStatus: found(undefined), logGroups: found([]) }), {
    problems: [],
    unchecked: [],
  })
})

const stops: readonly [says: RegExp, fix: RegExp, Partial<Findings>][] = [
  [/failed/, /osls remove --stage dev/, { stackStatus: found('ROLLBACK_COMPLETE') }],
  [/failed/, /osls remove --stage dev/, { stackStatus: found('ROLLBACK_FAILED') }],
  [/half/, /osls remove --stage dev/, { stackStatus: found('REVIEW_IN_PROGRESS') }],
  [/half/, /osls remove --stage dev/, { stackStatus: found('DELETE_FAILED') }],
  [
    /rolled back/,
    /continue-update-rollback --region eu-west-1 --/,
    { stackStatus: found('UPDATE_ROLLBACK_FAILED') },
  ],
  [/right now/, /Wait/, { stackStatus: found('UPDATE_IN_PROGRESS') }],
  [
    /\/aws\/lambda\/token-proxy-dev-oauth2/,
    /delete-log-group --region eu-west-1 --/,
    { stackStatus: found(undefined) },
  ],
  [/may not sns:CreateTopic, s3/, /add/, { denied: found(['sns:CreateTopic', 's3:PutObject']) }],
  [/web does not exist/, /import --stage dev/, { secrets: [['web', found('absent')]] }],
  [/web has no value/, /import --stage dev/, { secrets: [['web', found('empty')]] }],
  [
    /arn:one does not exist/,
    /Request one in eu-central-1/,
    {
      certificates: [
        [{ arn: 'arn:one', region: 'eu-central-1', hostName: 'a.example.com' }, found(undefined)],
      ],
    },
  ],
  [
    /because of active alarms: x-unforeseen/,
    /--all-at-once/,
    { activeAlarms: found(['x-unforeseen']) },
  ],
  [
    /web is scheduled/,
    /restore-secret --region eu-west-1 --secret-id web/,
    { secrets: [['web', found('deleted')]] },
  ],
]
for (const [says, fix, change] of stops) {
  test(`one problem with its fix is named for ${JSON.stringify(change)}`, () => {
    const { problems, unchecked } = judge(change)
    assert.equal(problems.length, 1)
    assert.match(problems[0]?.says ?? '', says)
    assert.match(problems[0]?.fix ?? '', fix)
    assert.deepEqual(unchecked, [])
  })
}

test('the reserved concurrency must leave the 100 sandboxes that Lambda keeps unreserved', () => {
  const table = [
    { unreserved: 141, ours: 0, missing: undefined },
    { unreserved: 140, ours: 0, missing: 1 },
    { unreserved: 100, ours: 41, missing: undefined },
    { unreserved: 10, ours: 0, missing: 131 },
  ]
  for (const { missing, ...value } of table) {
    const [problem] = judge({ concurrency: found(value) }).problems
    const asked = /Request (\d+) more/.exec(problem?.fix ?? '')?.[1]
    assert.equal(asked, missing?.toString(), JSON.stringify(value))
  }
})

test('what could not be checked is named and stops nothing', () => {
  const { problems, unchecked } = judge({
    ...{ concurrency: failed, denied: failed, stackStatus: failed, logGroups: failed },
    secrets: [['web', failed]],
  })
  assert.deepEqual(problems, [])
  assert.deepEqual(
    unchecked.map(({ says }) => says.replace(' could not be checked (AccessDenied)', '')),
    [
      'the stack token-proxy-dev',
      'the concurrency that is left',
      'the rights of these credentials',
      'the secret web',
    ],
  )
  const { unchecked: left } = judge({ stackStatus: found(undefined), logGroups: failed })
  assert.match(left[0]?.says ?? '', /^whether log groups/)
})
