import type { ValuesOf } from '../../core/settings/field.ts'
import type { Settings } from '../../core/settings/settings.ts'
import { hasSyntax } from '../../core/settings/syntax.ts'
import type { edgeFields } from '../edge/fields.ts'
import type { domainFields } from './fields.ts'
import { addressSyntaxes } from './syntax.ts'

type DomainValues = ValuesOf<typeof domainFields> & { readonly region: string }
type AddressValues = DomainValues & Pick<ValuesOf<typeof edgeFields>, 'edge' | 'edgeDomainName'>
type Note = (problem: string) => void

const companions = ['domainCertificate', 'domainBasePath', 'domainHostedZone'] as const

/** A name that is no host name was noted already. */
function toUrl(hostName: string | undefined): string | undefined {
  return hasSyntax(hostName, addressSyntaxes.hostName) ? `https://${hostName}` : undefined
}

/**
 * Gives the address that front ends call, with the base path; undefined where only a deployment knows it. The base
 * path belongs to the custom domain name: a CDN in front of it has paths of its own.
 */
export function toFrontAddress(
  stage: DomainValues & { readonly settings: Settings },
): string | undefined {
  const { publicUrl } = stage.settings
  const { domainBasePath } = stage
  if (publicUrl === '') return undefined
  const isOwn = publicUrl === toUrl(stage.domainName)
  return isOwn && domainBasePath !== undefined ? `${publicUrl}/${domainBasePath}` : publicUrl
}

/** Notes what the fields of the custom domain name demand of each other. */
export function noteDomainProblems(stage: DomainValues, note: Note): void {
  const { domainName, domainCertificate, region } = stage
  if (domainName === undefined) {
    for (const name of companions) if (stage[name] !== undefined) note(`${name} needs domainName`)
    return
  }
  if (domainCertificate === undefined) {
    note(`domainName needs domainCertificate: the ARN of a certificate for it in ${region}`)
  }
  const [, , , certificateRegion] = domainCertificate?.split(':') ?? []
  if (certificateRegion !== undefined && certificateRegion !== region) {
    note(`domainCertificate must be in ${region}, the Region of the stack`)
  }
}

/**
 * Chooses the `publicUrl` of a stage: what it names, or what follows from its domain names, and notes where the two
 * contradict each other. A CDN in front may have another name than the API, but not a part of its address.
 */
export function choosePublicUrl(stage: AddressValues, given: unknown, note: Note): unknown {
  const edge = toUrl(stage.edgeDomainName)
  const direct = toUrl(stage.domainName)
  const own = stage.edge === 'required' ? edge : direct
  if (given === undefined || given === '' || given === own) return own
  if (own === undefined || typeof given !== 'string') return given
  if (stage.edge === 'required') {
    note(`publicUrl must be ${own}, or left out: front ends must call edgeDomainName`)
    return own
  }
  if (stage.edge === 'optional' && given === edge) return given
  if (URL.parse(given)?.hostname === stage.domainName) {
    note(`publicUrl must be ${own}, or left out: that is where domainName answers`)
    return own
  }
  if (stage.domainBasePath !== undefined) {
    note(`domainBasePath needs ${own} as publicUrl, or none: it is a path of domainName`)
  }
  return given
}
