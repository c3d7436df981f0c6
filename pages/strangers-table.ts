import type { CauseName, causes } from '../core/causes/catalogue.ts'
import { type AlarmPlan, type OtherAlarmName, toCauseAlarmName } from '../infra/alarms/alarm.ts'
import { toCode, toTable } from '../runbook/markdown.ts'
import { explainedAlarms } from './alarms-page.ts'
import { renewParts } from './generated-parts.ts'

/** What one anonymous caller can do with an alarm. */
interface Exposure {
  /** What it can make the alarm do, and what that costs it. */
  readonly causes: string
  /** What it can keep the alarm from saying. */
  readonly hides: string
}

type AlarmingCause = {
  [N in CauseName]: (typeof causes)[N] extends { readonly alarm: object } ? N : never
}[CauseName]

const nothing = 'nothing'
/** A request of anybody shows the fault, and none makes it. */
const shows: Exposure = {
  causes:
    'nothing while all is well; if the fault is there, one made-up code shows it, and the page is right',
  hides: nothing,
}
const needsToken: Exposure = {
  causes: 'nothing: it takes a valid code or refresh token to get there',
  hides: nothing,
}
const ofAws: Exposure = {
  causes: 'nothing while AWS answers; in an outage, made-up codes reach the threshold sooner',
  hides: nothing,
}
const overload: Exposure = {
  causes: 'a page, by a flood that exhausts a quota and keeps users out: a real outage',
  hides: nothing,
}
const provokable: Exposure = {
  causes: 'a notice, if it finds a value that passes the checks and is refused for its content',
  hides: 'nothing: the doctor sends requests of its own, and its findings page',
}

/** Written by hand for every alarm of a cause; the compiler asks for each. */
const ofCauses: Readonly<Record<AlarmingCause, Exposure>> = {
  edge_key_mismatch: {
    causes: 'a notice, by three requests with an invented key',
    hides: 'nothing: the doctor asks through the distribution itself, and its findings page',
  },
  caller_sent_credentials: {
    causes: 'a page, by sending the stored client secret: then it has leaked',
    hides: nothing,
  },
  client_secret_mismatch: shows,
  client_not_found: shows,
  client_has_no_secret: shows,
  client_rejected: shows,
  grant_not_allowed: shows,
  oauth_flows_disabled: shows,
  callback_not_registered: shows,
  client_unauthorized: {
    causes:
      'a notice, by three sign-ins of which each exchanges its code with another allowed redirect URI',
    hides:
      'nothing that the doctor, where it is scheduled, or the user pool shows. A front end that mixes up two redirect URIs gives notice, no page',
  },
  lambda_trigger_failed: needsToken,
  revocation_disabled: shows,
  cognito_request_rejected: provokable,
  cognito_throttled: overload,
  waf_blocked: provokable,
  domain_not_found: shows,
  domain_of_another_pool: shows,
  cognito_unreachable: ofAws,
  cognito_timeout: ofAws,
  cognito_connection_lost: ofAws,
  cognito_error: ofAws,
  cognito_answer_unusable: ofAws,
  cognito_redirected: shows,
  secret_not_found: shows,
  secret_access_denied: shows,
  secret_malformed: shows,
  secret_throttled: ofAws,
  secret_unavailable: ofAws,
  config_invalid: shows,
  deadline_exhausted: ofAws,
  proxy_overloaded: overload,
  unforeseen: {
    causes: 'a page, by a request that the proxy has a bug for; none is known',
    hides: nothing,
  },
}

const ofScheduler: Exposure = {
  causes: 'nothing: only the schedule runs the doctor',
  hides: nothing,
}
const throttled: Exposure = {
  causes:
    'a page, by over a hundred requests more than there are sandboxes in each of two windows of five minutes, and 5 % of all: a flood that keeps users out',
  hides: 'nothing, but requests that are served lower the share: twenty for each throttled one',
}
const broken: Exposure = { causes: 'nothing: no request is known that ends a call', hides: nothing }
const slow: Exposure = {
  causes: 'nothing: no field costs more than a few milliseconds',
  hides: 'slowness of less than 1 % of all requests, at a hundred fast requests for each slow one',
}

const counted: Exposure = {
  causes:
    'nothing while all is well; if there is a fault or an outage, made-up codes reach the threshold sooner. What anybody can provoke does not count',
  hides: nothing,
}
const quota: Exposure = {
  causes:
    'a notice, by a flood of made-up codes or tokens for three minutes; requests that the proxy refuses do not count',
  hides: nothing,
}

/** Written by hand for every other alarm; the compiler asks for each. */
const ofOthers: Readonly<Record<OtherAlarmName, Exposure>> = {
  'success-share': {
    causes: 'nothing: only exchanges that succeed, and outages, count',
    hides: 'nothing: a success takes a valid code or token',
  },
  'suspect-refusals': {
    causes: 'a notice, by 100 requests in each of two windows of five minutes',
    hides: 'other refusals, by as many requests of another kind',
  },
  'invalid-grant-rise': {
    causes: 'a notice, by 50 made-up tokens in each of three windows of five minutes',
    hides: 'a smaller rise, as it widens what is usual',
  },
  'most-exchanges-fail': {
    causes: 'a notice, by more refused requests of a configured client than users have successes',
    hides: nothing,
  },
  'lasting-failures': { causes: 'nothing: only the faults of others count', hides: nothing },
  'api-throttles': {
    causes: 'a page, by more exchanges than the throttle lets through for ten minutes: an outage',
    hides: nothing,
  },
  'api-errors': {
    causes: 'nothing: no request makes the HTTP API fail',
    hides: 'a few errors, by twenty served requests for each',
  },
  'no-exchange-succeeds': {
    causes:
      'its state, at night, by seven refused requests in five minutes; it pages only with the next',
    hides: nothing,
  },
  'users-were-served': {
    causes:
      'nothing: a success takes a valid code or token. Right after the abrupt end of a busy time, refused requests for a quarter of an hour page',
    hides: nothing,
  },
  latency: slow,
  'proxy-latency': slow,
  'user-authentication-quota': quota,
  'code-exchange-quota': quota,
  'doctor-failures': ofScheduler,
  'doctor-setup': ofScheduler,
  'doctor-findings': ofScheduler,
  'doctor-heartbeat': ofScheduler,
  'oauth2-throttles': throttled,
  'oauth2-errors': broken,
  'oauth2-duration': broken,
  'metadata-throttles': throttled,
  'metadata-errors': broken,
  'metadata-duration': broken,
  'doctor-throttles': ofScheduler,
  'doctor-errors': ofScheduler,
  'doctor-duration': ofScheduler,
  'failures-at-1': shows,
  'failures-at-3': counted,
  'failures-at-5': counted,
  'rotation-failures': {
    causes: 'nothing: only Secrets Manager and the schedule invoke the function',
    hides: nothing,
  },
  canary: {
    causes: 'nothing but by a flood that also keeps users out',
    hides: nothing,
  },
  deployment: { causes: 'nothing: only who deploys counts it', hides: nothing },
}

const exposures: Readonly<Record<string, Exposure>> = {
  ...ofOthers,
  ...Object.fromEntries(
    Object.entries(ofCauses).map(([cause, exposure]) => [
      toCauseAlarmName(cause as AlarmingCause),
      exposure,
    ]),
  ),
}

/** Renews the table of what strangers can do with each alarm. */
export function renewSecurityPage(page: string): string {
  const head = ['alarm', 'pages', 'what an anonymous caller can make it do', 'what it can hide']
  return renewParts(page, { strangers: toTable(head, explainedAlarms.map(toRow)) })
}

function toRow({ name, page, isSignal }: AlarmPlan): readonly string[] {
  const exposure = exposures[name]
  if (exposure === undefined) throw new Error(`nothing is said of strangers and ${name}`)
  const paging = page === undefined ? 'no' : toCode(`page-${page}`)
  return [toCode(name), isSignal ? `${paging}, together` : paging, exposure.causes, exposure.hides]
}
