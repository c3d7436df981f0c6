import {
  type Properties,
  readList,
  readObject,
  readText,
  refuseOthers,
} from '../cloudwatch/properties.ts'
import { substitute } from '../cloudwatch/template.ts'
import { toParameterValues } from './distribution.ts'
import { openStatement, type Statement } from './statement.ts'
import type { ViewerRequest } from './viewer-request.ts'

/** What a web ACL answers in place of the origin. */
export interface Block {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Undefined where the web ACL says nothing: then CloudFront answers with a page of its own. */
  readonly body: string | undefined
}

/** A web ACL at work. */
export interface WebAcl {
  /** Judges a request; undefined lets it pass. Every call counts for rate rules. */
  readonly judge: (request: ViewerRequest) => Block | undefined
  /** The names of the rules that are not played: nobody outside AWS knows what managed groups match. */
  readonly unplayed: readonly string[]
}

interface Rule {
  readonly name: string
  readonly matches: Statement | undefined
  readonly action: Block | 'allow' | 'count'
}

const bodyTypes: Readonly<Record<string, string>> = {
  APPLICATION_JSON: 'application/json',
  TEXT_HTML: 'text/html',
  TEXT_PLAIN: 'text/plain',
}
/** How much of a body a web ACL of CloudFront sees unless it is told otherwise. */
const usualInspectedKilobytes = 16

/**
 * Opens the web ACL of a template. Rules are tried in the order of their priorities, as AWS WAF does, but a rate
 * rule takes effect with the first request beyond its limit: AWS WAF needs some seconds to notice.
 *
 * @param nowMs a clock that never goes back
 * @throws Error that names what is missing or cannot be played
 */
export function openWebAcl(template: unknown, id: string, nowMs: () => number): WebAcl {
  const resources = readObject(readObject(template, 'the template')['Resources'], 'Resources')
  const resource = readObject(resources[id], id)
  if (resource['Type'] !== 'AWS::WAFv2::WebACL') throw new Error(`${id} is no web ACL`)
  const given = readObject(resource['Properties'], 'Properties')
  const acl = readObject(
    substitute(toPlayed(given), { ...toParameterValues(template), 'AWS::StackName': 'local' }),
    id,
  )
  const bodies = readObject(acl['CustomResponseBodies'] ?? {}, 'CustomResponseBodies')
  const inspectedBytes = readInspectedKilobytes(acl) * 1024
  const rules = readList(acl, 'Rules')
    .map((value) => readObject(value, 'a rule'))
    .sort((one, other) => Number(one['Priority']) - Number(other['Priority']))
    .map((rule) => openRule(rule, bodies, { nowMs, inspectedBytes }))
  const byDefault = toAction(readObject(acl['DefaultAction'], 'DefaultAction'), bodies)
  return {
    unplayed: rules.flatMap(({ name, matches }) => (matches === undefined ? [name] : [])),
    judge: (request) => {
      for (const { matches, action } of rules) {
        if (!matches?.(request) || action === 'count') continue
        return action === 'allow' ? undefined : action
      }
      return typeof byDefault === 'string' ? undefined : byDefault
    },
  }
}

/** Names, metrics and tags change nothing that a request could notice. */
function toPlayed(given: Properties): Properties {
  const known = ['AssociationConfig', 'CustomResponseBodies', 'DefaultAction', 'Rules']
  const unseen = ['Description', 'Name', 'Scope', 'Tags', 'VisibilityConfig']
  refuseOthers(given, [...known, ...unseen])
  return Object.fromEntries(known.map((name) => [name, given[name]]))
}

function readInspectedKilobytes(acl: Properties): number {
  const association = readObject(acl['AssociationConfig'] ?? {}, 'AssociationConfig')
  const request = readObject(association['RequestBody'] ?? {}, 'RequestBody')
  const { DefaultSizeInspectionLimit: limit } = readObject(
    request['CLOUDFRONT'] ?? {},
    'CLOUDFRONT',
  )
  return limit === undefined
    ? usualInspectedKilobytes
    : Number(/^KB_(\d+)$/.exec(String(limit))?.[1])
}

type Means = Parameters<typeof openStatement>[1]

function openRule(rule: Properties, bodies: Properties, means: Means): Rule {
  const statement = readObject(rule['Statement'], 'Statement')
  const name = readText(rule, 'Name')
  // Groups of AWS and of others have an override in place of an action.
  if (rule['Action'] === undefined) return { name, matches: undefined, action: 'count' }
  const action = toAction(readObject(rule['Action'], 'Action'), bodies)
  return { name, matches: openStatement(statement, means), action }
}

function toAction(action: Properties, bodies: Properties): Rule['action'] {
  if ('Allow' in action) return 'allow'
  if ('Count' in action) return 'count'
  if (!('Block' in action)) throw new Error(`${Object.keys(action).join()} cannot be played here`)
  const { CustomResponse: custom } = readObject(action['Block'], 'Block')
  if (custom === undefined) return { status: 403, headers: {}, body: undefined }
  const response = readObject(custom, 'CustomResponse')
  const headers = readList(response, 'ResponseHeaders')
    .map((value) => readObject(value, 'a header'))
    .map((header) => [readText(header, 'Name').toLowerCase(), readText(header, 'Value')])
  const key = response['CustomResponseBodyKey']
  const body = key === undefined ? undefined : readObject(bodies[String(key)], String(key))
  const type = body && { 'content-type': bodyTypes[readText(body, 'ContentType')] ?? '' }
  return {
    status: Number(response['ResponseCode']),
    headers: { ...Object.fromEntries(headers), ...type },
    body: body === undefined ? '' : readText(body, 'Content'),
  }
}
