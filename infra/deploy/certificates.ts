import type { Stage } from '../stage.ts'
import { type Judged, type Looked, skip, stop, well } from './judged.ts'

/** A certificate that the stage names, and the host name for which it must be. */
export interface WantedCertificate {
  readonly arn: string
  /** The Region that its ARN names. */
  readonly region: string
  readonly hostName: string
}

/** A certificate as ACM describes it; undefined where there is none of that ARN. */
export type FoundCertificate =
  | { readonly status: string; readonly names: readonly string[] }
  | undefined

/** Lists the certificates that a stage needs. */
export function listCertificates(stage: Stage): readonly WantedCertificate[] {
  const ofEdge = stage.edge === 'off' ? [] : toWanted(stage.edgeCertificate, stage.edgeDomainName)
  return [...toWanted(stage.domainCertificate, stage.domainName), ...ofEdge]
}

function toWanted(
  arn: string | undefined,
  hostName: string | undefined,
): readonly WantedCertificate[] {
  if (arn === undefined || hostName === undefined) return []
  const [, , , region = ''] = arn.split(':')
  return [{ arn, region, hostName }]
}

/** Judges whether a certificate is there, issued, and for its host name. */
export function judgeCertificate(
  { arn, region, hostName }: WantedCertificate,
  found: Looked<FoundCertificate>,
): Judged {
  if (!found.ok) return skip(`the certificate for ${hostName}`, found.error)
  const { value } = found
  const request = `Request one in ${region} and validate it, or correct its ARN in the stage file.`
  if (value === undefined) return stop(`the certificate ${arn} does not exist`, request)
  if (value.status !== 'ISSUED') {
    return stop(
      `the certificate for ${hostName} cannot be used yet (${value.status})`,
      'Make the DNS record by which ACM validates it, and wait until it is issued.',
    )
  }
  if (value.names.some((name) => covers(name, hostName))) return well
  return stop(`the certificate is for ${value.names.join(', ')} and not for ${hostName}`, request)
}

/** A wildcard stands for exactly one label (RFC 6125 section 6.4.3). */
function covers(name: string, hostName: string): boolean {
  if (!name.startsWith('*.')) return name.toLowerCase() === hostName
  return name.slice(1).toLowerCase() === hostName.slice(hostName.indexOf('.'))
}
