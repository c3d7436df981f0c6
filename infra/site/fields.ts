import { switchField } from '../../core/settings/field.ts'

/** The fields of a stage about the site of the docs. */
export const siteFields = {
  site: switchField({
    byDefault: false,
    meaning:
      'Whether the stack also publishes the site of these docs, so that alarms and `error_uri` lead to its pages: [below](#publish-the-docs).',
  }),
} as const

/** The partitions of AWS that CloudFront does not serve from, by how their Regions begin. */
const withoutCloudFront = ['cn-', 'us-gov-', 'us-iso']

/** Finds why a Region cannot publish the site; undefined where it can. */
export function findSiteProblem(site: boolean, region: string): string | undefined {
  return site && withoutCloudFront.some((start) => region.startsWith(start))
    ? `site needs CloudFront with its own certificate, which ${region} has not: publish the docs elsewhere and set runbookUrl`
    : undefined
}
