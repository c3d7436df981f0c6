import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { judgeHeaders } from '../core/smoke/answers.ts'
import { planAuthorize, planClientChecks, planJunkCode } from '../core/smoke/client-checks.ts'
import { planDeploymentChecks, type SmokeStep } from '../core/smoke/deployment-checks.ts'
import { type SmokeReport, toSmokeReport } from '../core/smoke/report.ts'
import type {
  Invented,
  SmokeAnswer,
  SmokeCheck,
  SmokeClient,
  SmokeRequest,
  SmokeTarget,
} from '../core/smoke/target.ts'

/** How long one answer may take, in milliseconds: longer than the functions themselves take. */
const answerMs = 20_000
/** More than any answer of the proxy has. */
const mostBodyBytes = 65_536

/** An answer, or the code of what kept it away. */
type Sent = { readonly answer: SmokeAnswer } | { readonly unreachable: string }

/**
 * Checks a deployed proxy from outside, without credentials: one request after the other, each once, with
 * invented codes only. It changes nothing and signs nobody out. The first request decides whether there is
 * anything to check.
 */
export async function checkDeployment(target: SmokeTarget): Promise<SmokeReport> {
  const checks: SmokeCheck[] = []
  const answers: SmokeAnswer[] = []
  const take = async (step: SmokeStep): Promise<SmokeAnswer | undefined> => {
    const sent = await send(target.url, step.request)
    if ('unreachable' in sent) {
      checks.push({ ...toNames(step), ...toUnreachable(sent.unreachable) })
      return undefined
    }
    const { answer } = sent
    if (step.isByGateway === undefined) answers.push(answer)
    const requestId = answer.headers['x-request-id']
    const verdict = step.judge(answer)
    checks.push({ ...toNames(step), ...verdict, ...(requestId === undefined ? {} : { requestId }) })
    return answer
  }
  for (const [index, step] of planDeploymentChecks(target).entries()) {
    const answer = await take(step)
    if (index === 0 && answer === undefined) return toSmokeReport(target.url, checks, false)
  }
  for (const client of target.clients) await checkClient(client, target, take)
  checks.push({ name: 'headers', ...judgeHeaders(answers) })
  return toSmokeReport(target.url, checks, true)
}

async function checkClient(
  client: SmokeClient,
  { url }: SmokeTarget,
  take: (step: SmokeStep) => Promise<SmokeAnswer | undefined>,
): Promise<void> {
  for (const step of planClientChecks(client, url)) await take(step)
  if (client.redirectUri === undefined) return
  const invented = invent()
  const begun = await take(planAuthorize(client, invented))
  await take(planJunkCode(client, invented, begun))
}

function invent(): Invented {
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  return { code: randomUUID(), verifier, challenge }
}

function toNames({ name, client }: SmokeStep): Pick<SmokeCheck, 'name' | 'client'> {
  return client === undefined ? { name } : { name, client }
}

function toUnreachable(code: string) {
  return {
    status: 'failed',
    found: `no answer: ${code}`,
    fix: 'Check the address, and the way from this machine to it.',
  } as const
}

async function send(url: string, { method, path, headers, body }: SmokeRequest): Promise<Sent> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'user-agent': 'token-proxy-smoke', ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
      ...(body === undefined ? {} : { body }),
    })
    const text = await response.text()
    return {
      answer: {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        cookies: response.headers.getSetCookie().map((line) => line.split(';', 1).join('')),
        body: text.slice(0, mostBodyBytes),
      },
    }
  } catch (thrown) {
    return { unreachable: toCode(thrown) }
  }
}

/** The code of a system error, such as `ENOTFOUND`; its text may quote the address. */
function toCode(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown'
  const { cause } = thrown
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : thrown.name
  return /^\w{1,60}$/.test(code) ? code : 'unknown'
}
