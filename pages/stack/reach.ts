import { toCode, toTable } from '../../runbook/markdown.ts'
import { ofType, type Resources, toWords } from './reviewed-stack.ts'

/** Writes which addresses the internet reaches. */
export function toAddressTable(resources: Resources): string {
  const rows = [
    ...ofType(resources, 'AWS::ApiGatewayV2::Api').map(([id, { DisableExecuteApiEndpoint }]) => [
      toCode(id),
      'the address that AWS makes',
      DisableExecuteApiEndpoint === true ? 'off' : 'on',
    ]),
    ...ofType(resources, 'AWS::ApiGatewayV2::DomainName').map(([id, { DomainName }]) => [
      toCode(id),
      toCode(toWords(DomainName)),
      'on, from TLS 1.2',
    ]),
    ...ofType(resources, 'AWS::CloudFront::Distribution').map(([id, { DistributionConfig }]) => {
      const { Aliases: names, WebACLId: webAcl } = Object(DistributionConfig)
      return [
        toCode(id),
        names === undefined ? 'the address that AWS makes' : toCode(toWords(names)),
        webAcl === undefined ? 'on' : `on, behind ${toCode(toWords(webAcl))}`,
      ]
    }),
  ]
  return toTable(['resource', 'address', 'is'], rows)
}

/** Writes what anybody can send a request to: routes with the same function and throttle together. */
export function toRouteTable(resources: Resources): string {
  const [[, stage = {}] = []] = ofType(resources, 'AWS::ApiGatewayV2::Stage')
  const limits = Object(stage['RouteSettings'])
  const routes = ofType(resources, 'AWS::ApiGatewayV2::Route').map(([, { RouteKey, Target }]) => {
    const limit = limits[String(RouteKey)] ?? Object(stage['DefaultRouteSettings'])
    const { ThrottlingRateLimit, ThrottlingBurstLimit } = limit
    return {
      key: toCode(String(RouteKey)),
      calls: toWords(Target).replace('integrations/HttpApiIntegration', '').toLowerCase(),
      limit: `${ThrottlingRateLimit} a second, ${ThrottlingBurstLimit} at once`,
    }
  })
  const groups = Map.groupBy(routes, ({ calls, limit }) => `${calls} ${limit}`)
  const rows = [...groups.values()].map((group) => [
    group.map(({ key }) => key).join(', '),
    toCode(group[0]?.calls ?? ''),
    group[0]?.limit ?? '',
  ])
  return toTable(['routes', 'function', 'each at most'], rows)
}
