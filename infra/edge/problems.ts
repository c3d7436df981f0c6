import type { ValuesOf } from '../../core/settings/field.ts'
import type { edgeFields } from './fields.ts'

/** The only Region for the certificate of a distribution, its web ACL, and so its stack. */
export const edgeRegion = 'us-east-1'

/** What a stage says that its edge depends on. */
export type EdgeValues = ValuesOf<typeof edgeFields> & {
  readonly region: string
  readonly domainName: string | undefined
  readonly disableExecuteApiEndpoint: boolean
}

/** Notes what a stage with CloudFront in front lacks, and what cannot be together. */
export function noteEdgeProblems(
  stage: EdgeValues,
  edgeKeyDigests: unknown,
  note: (problem: string) => void,
): void {
  const { edge, region, domainName, edgeDomainName, edgeCertificate } = stage
  if (edge === 'off') return
  if (edgeKeyDigests) note('edgeKeyDigests is for a CDN of your own: an edge has keys of its own')
  if (/^(?:cn|us-gov|us-iso)/.test(region)) note(`edge cannot be used: ${region} has no CloudFront`)
  if (domainName === undefined) note('edge needs domainName: CloudFront reaches the API by it')
  if (edgeDomainName === undefined) note('edge needs edgeDomainName: front ends call it')
  else if (edgeDomainName === domainName) {
    note('edgeDomainName must differ from domainName, by which CloudFront reaches the API')
  }
  const [, , , certificateRegion] = edgeCertificate?.split(':') ?? []
  if (certificateRegion === undefined) note(`edge needs edgeCertificate, in ${edgeRegion}`)
  else if (certificateRegion !== edgeRegion) note(`edgeCertificate must be in ${edgeRegion}`)
  if (edge === 'required' && !stage.disableExecuteApiEndpoint) {
    note(
      'edge: "required" needs disableExecuteApiEndpoint: true, so that nothing else leads to the API',
    )
  }
}
