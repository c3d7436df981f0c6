import { checkDeployment } from '../adapters/smoke.ts'
import { parseCanary, toCanaryFailure } from '../core/smoke/canary.ts'
import { toSmokeSummary } from '../core/smoke/report.ts'

/**
 * Checks the deployment that the environment names, as CloudWatch Synthetics calls it: what it returns is a run that
 * passed, and what it throws is the reason why one failed.
 */
export async function handler(): Promise<string> {
  const parsed = parseCanary(process.env)
  if (!parsed.ok) throw new Error(parsed.problem)
  const report = await checkDeployment(parsed.target)
  if (!report.isWell) throw new Error(toCanaryFailure(report))
  return toSmokeSummary(report)
}
