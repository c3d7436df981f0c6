import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prices, toBill, toInstanceUsd, toSum } from '../../bench/dollars.ts'
import { arriveSteadily, type Limits, openSeeded, type Run, simulate } from '../../bench/scale.ts'

const times = { warmMs: 50, coldMs: 300 }
const ample: Limits = { apiPerSecond: 1e6, apiBurst: 1e6, sandboxes: 1e6, cognitoPerSecond: 1e6 }

function run(perSecond: number, limits: Partial<Limits>, seed = 7): Run {
  const random = openSeeded(seed)
  const arrivalsMs = arriveSteadily(perSecond, 20_000, random)
  const all = { ...ample, ...limits }
  return simulate({ arrivalsMs, warmSandboxes: Math.min(all.sandboxes, 500) }, all, times, random)
}

const toShed = ({ shedBy }: Run) => shedBy.api + shedBy.lambda + shedBy.cognito

test('every request is served or shed exactly once under any limits', () => {
  for (const limits of [
    {},
    { apiPerSecond: 100, apiBurst: 100 },
    { sandboxes: 20 },
    { cognitoPerSecond: 120 },
    { apiPerSecond: 500, apiBurst: 10, sandboxes: 10, cognitoPerSecond: 50 },
  ]) {
    const result = run(1000, limits)
    assert.equal(result.served + toShed(result), result.requests, JSON.stringify(limits))
  }
})

test('a seed gives the same run again, and another seed another one', () => {
  const limits = { sandboxes: 45 }
  assert.deepEqual(run(1000, limits), run(1000, limits))
  assert.notDeepEqual(run(1000, limits), run(1000, limits, 8))
})

test('throughput is the rate of the narrowest limit, which sheds the rest', () => {
  const [api, cognito, lambda] = [
    run(1000, { apiPerSecond: 100, apiBurst: 100 }),
    run(1000, { cognitoPerSecond: 120 }),
    run(1000, { sandboxes: 20 }),
  ]
  // 20,000 arrivals at 1,000 a second take 20 s; a full bucket comes on top.
  assert.ok(Math.abs(api.served - (20 * 100 + 100)) < 50, `${api.served}`)
  assert.ok(Math.abs(cognito.served - (20 * 120 + 120)) < 50, `${cognito.served}`)
  // Each of 20 sandboxes serves at most 20 exchanges of 50 ms a second.
  assert.ok(lambda.served > 7000 && lambda.served < 8200, `${lambda.served}`)
  assert.deepEqual(
    [api, cognito, lambda].map(({ shedBy }) =>
      Object.entries(shedBy).flatMap(([name, count]) => (count > 0 ? [name] : [])),
    ),
    [['api'], ['cognito'], ['lambda']],
  )
})

test('as many sandboxes are busy as Little’s law says, with some more at the peak', () => {
  const { mostSandboxes, served } = run(1000, {})
  assert.equal(served, 20_000)
  assert.ok(mostSandboxes > 50 && mostSandboxes < 50 + 5 * Math.sqrt(50), `${mostSandboxes}`)
})

test('a storm without warm sandboxes starts one for each request, and each reads the secret once', () => {
  const random = openSeeded(1)
  const arrivalsMs = Array.from({ length: 1000 }, (_, index) => index / 10)
  const storm = simulate({ arrivalsMs, warmSandboxes: 0 }, ample, times, random)
  assert.deepEqual(
    [storm.mostSandboxes, storm.mostReadsPerSecond, storm.served],
    [1000, 1000, 1000],
  )
  assert.ok(storm.endMs > 350 && storm.endMs < 600)
})

const exchange = {
  ...{ billedMs: 100, memoryMb: 1024, logBytes: 1000, answerBytes: 2000 },
  ...{ secretCalls: 0.001, tableWrites: 2 },
}

test('a bill multiplies what an exchange takes with the prices, part by part', () => {
  const parts = toBill(exchange)
  const usd = Object.fromEntries(parts.map((part) => [part.part, Number(part.usd.toFixed(4))]))
  assert.deepEqual(usd, {
    'HTTP API': 1,
    'Lambda, requests': 0.2,
    'Lambda, duration': 1.3333,
    'CloudWatch Logs': 0.5,
    'data transfer': 0.18,
    'Secrets Manager, calls': 0.005,
    DynamoDB: 1.25,
  })
  assert.equal(toSum(parts).toFixed(4), '4.4683')
})

test('another front changes its own part, and CloudFront the price of the transfer, too', () => {
  const plain = toSum(toBill(exchange))
  assert.equal((toSum(toBill(exchange, 'REST API')) - plain).toFixed(4), '2.5000')
  assert.equal((plain - toSum(toBill(exchange, 'function URL'))).toFixed(4), '1.0000')
  const cdn = toSum(toBill(exchange, 'CloudFront, HTTP API'))
  assert.equal((cdn - plain).toFixed(4), (1 - 2000e-9 * 1e6 * 0.005).toFixed(4))
})

test('instances cost the same per month for any traffic', () => {
  const monthly = 3 * prices.instanceHour.usd * 730
  const millions = (100 * 730 * 3600) / 1e6
  assert.equal(toInstanceUsd(3, 100).toFixed(6), (monthly / millions).toFixed(6))
})
