import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ViewerRequest } from '../../../local/edge/viewer-request.ts'
import { openWebAcl } from '../../../local/edge/web-acl.ts'
import { rateRule, toEdgeTemplate } from '../../fixtures/local/edge-template.ts'

const usual: ViewerRequest = {
  ...{ method: 'POST', path: '/oauth2/token', query: '', headers: [], address: '192.0.2.1' },
  body: Buffer.from('a=1'),
}

function open(rules: readonly object[], acl: Readonly<Record<string, unknown>> = {}) {
  const clock = { nowMs: 0 }
  const webAcl = openWebAcl(toEdgeTemplate({}, rules, acl), 'WebAcl', () => clock.nowMs)
  const ask = (changes: Partial<ViewerRequest> = {}) =>
    webAcl.judge({ ...usual, ...changes })?.status ?? 'passes'
  return { webAcl, clock, ask }
}

const match = (part: object, more: object = {}) => ({
  ByteMatchStatement: {
    FieldToMatch: { UriPath: {} },
    PositionalConstraint: 'EXACTLY',
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    ...part,
    ...more,
  },
})
const block = (Statement: object, more: object = {}) => ({
  ...{ Name: 'rule', Priority: 1, Statement, Action: { Block: {} }, VisibilityConfig: {} },
  ...more,
})

test('an address is blocked from the request beyond its limit on, until its window has passed', () => {
  const { clock, ask } = open([rateRule])
  for (let sent = 0; sent < 10; sent += 1) assert.equal(ask(), 'passes')
  assert.equal(ask(), 403)
  assert.equal(ask({ address: '192.0.2.2' }), 'passes')
  clock.nowMs = 59_999
  assert.equal(ask(), 403)
  clock.nowMs = 200_000
  assert.equal(ask(), 'passes')
})

test('a limit may be a parameter, and the window is five minutes where none is given', () => {
  const RateBasedStatement = { Limit: { Ref: 'RateLimit' }, AggregateKeyType: 'IP' }
  const { clock, ask } = open([{ ...rateRule, Statement: { RateBasedStatement } }])
  for (let sent = 0; sent < 10; sent += 1) ask()
  clock.nowMs = 299_999
  assert.equal(ask(), 403)
})

test('a rate rule counts only what its scope matches', () => {
  const { RateBasedStatement } = rateRule.Statement
  const ScopeDownStatement = match({ SearchString: '/oauth2/token' })
  const scoped = { RateBasedStatement: { ...RateBasedStatement, ScopeDownStatement } }
  const { ask } = open([{ ...rateRule, Statement: scoped }])
  for (let sent = 0; sent < 20; sent += 1) assert.equal(ask({ path: '/health' }), 'passes')
  for (let sent = 0; sent < 10; sent += 1) assert.equal(ask(), 'passes')
  assert.deepEqual([ask(), ask({ path: '/health' })], [403, 'passes'])
})

test('a block answers as the template says, with its headers and its body', () => {
  const CustomResponse = {
    ResponseCode: 429,
    ResponseHeaders: [{ Name: 'Retry-After', Value: '60' }],
    CustomResponseBodyKey: 'slow',
  }
  const CustomResponseBodies = { slow: { ContentType: 'APPLICATION_JSON', Content: '{"a":1}' } }
  const rule = block(match({ SearchString: '/oauth2/token' }), {
    Action: { Block: { CustomResponse } },
  })
  assert.deepEqual(open([rule], { CustomResponseBodies }).webAcl.judge(usual), {
    status: 429,
    headers: { 'retry-after': '60', 'content-type': 'application/json' },
    body: '{"a":1}',
  })
})

const sizeOver = (Size: number, OversizeHandling: string) => ({
  SizeConstraintStatement: {
    FieldToMatch: { Body: { OversizeHandling } },
    ...{ ComparisonOperator: 'GT', Size, TextTransformations: [{ Priority: 0, Type: 'NONE' }] },
  },
})
const bodies: readonly (readonly [string, object, number, number | 'passes', object?])[] = [
  ['beyond the limit of a rule', sizeOver(8192, 'CONTINUE'), 8193, 403],
  ['at the limit of a rule', sizeOver(8192, 'CONTINUE'), 8192, 'passes'],
  ['beyond what is seen, where only that counts', sizeOver(16_384, 'CONTINUE'), 20_000, 'passes'],
  ['beyond what is seen, where that matches', sizeOver(16_384, 'MATCH'), 16_385, 403],
  ['beyond what is seen, where that does not match', sizeOver(8192, 'NO_MATCH'), 20_000, 'passes'],
  [
    'within what is seen since more is seen',
    sizeOver(16_384, 'NO_MATCH'),
    20_000,
    403,
    { RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: 'KB_32' } } },
  ],
]
for (const [says, statement, bytes, expected, AssociationConfig] of bodies) {
  test(`a body ${says} ${expected === 403 ? 'is blocked' : 'passes'}`, () => {
    const { ask } = open([block(statement)], AssociationConfig ? { AssociationConfig } : {})
    assert.equal(ask({ body: Buffer.alloc(bytes) }), expected)
  })
}

test('statements match parts of the request, changed as they ask, and may be joined', () => {
  const isGet = match({ SearchString: 'GET' }, { FieldToMatch: { Method: {} } })
  const hasAgent = match(
    { SearchString: 'bot' },
    {
      FieldToMatch: { SingleHeader: { Name: 'User-Agent' } },
      ...{
        PositionalConstraint: 'CONTAINS',
        TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }],
      },
    },
  )
  const both = open([block({ AndStatement: { Statements: [isGet, hasAgent] } })])
  const agent: ViewerRequest['headers'] = [['user-agent', 'a BOT']]
  assert.deepEqual(
    [
      both.ask({ method: 'GET', headers: agent }),
      both.ask({ method: 'GET' }),
      both.ask({ headers: agent }),
    ],
    [403, 'passes', 'passes'],
  )
  const either = open([block({ OrStatement: { Statements: [isGet, hasAgent] } })])
  assert.deepEqual([either.ask({ method: 'GET' }), either.ask()], [403, 'passes'])
  const other = open([block({ NotStatement: { Statement: isGet } })])
  assert.deepEqual([other.ask({ method: 'GET' }), other.ask()], ['passes', 403])
})

test('rules go by priority, and the first that allows or blocks decides', () => {
  const statement = match({ SearchString: '/oauth2/token' })
  const allow = block(statement, { Priority: 0, Action: { Allow: {} } })
  const count = block(statement, { Priority: 0, Action: { Count: {} } })
  assert.equal(open([block(statement), allow]).ask(), 'passes')
  assert.equal(open([block(statement), count]).ask(), 403)
  assert.equal(open([allow], { DefaultAction: { Block: {} } }).ask({ path: '/' }), 403)
})

test('a managed group is named as not played, and what nobody plays is refused', () => {
  const managed = {
    ...{ Name: 'managed', Priority: 0, OverrideAction: { None: {} }, VisibilityConfig: {} },
    Statement: {
      ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' },
    },
  }
  const { webAcl, ask } = open([managed])
  assert.deepEqual([webAcl.unplayed, ask()], [['managed'], 'passes'])
  assert.throws(() => open([block({ GeoMatchStatement: {} })]), /GeoMatchStatement cannot/)
  assert.throws(
    () => open([block(match({ SearchString: 'a' }), { Action: { Captcha: {} } })]),
    /Captcha/,
  )
})
