import { toCause } from '../causes/catalogue.ts'
import type { Findings, Verdict } from './findings.ts'
import { pass, reject, warn } from './verdict.ts'

/**
 * Judges whether the proxy takes requests for those of the CDN in front, by what it answered through it. Anybody
 * can send a request with a wrong key, so requests of others never show whose it was; this one is the doctor's own.
 */
export function judgeEdge({ publicAnswer }: Findings): Verdict {
  if (publicAnswer === undefined) return pass('not needed: requests may come directly')
  if (publicAnswer === 'none') {
    return warn(
      'nothing answered at publicUrl in time',
      'Check the distribution, and the way from here to it.',
    )
  }
  const { status, error } = publicAnswer
  if (status === 200) return pass('the distribution sends an accepted key')
  const { edge_key_mismatch: mismatch, edge_key_missing: missing } = answers
  if (status === mismatch.status && error === mismatch.error) {
    return reject('edge_key_mismatch', 'the distribution sends a key that is not accepted, or none')
  }
  if (status === missing.status && error === missing.error) {
    return reject('edge_key_mismatch', 'requests at publicUrl do not come through a distribution', {
      fix: 'Let publicUrl lead to the distribution, and let the distribution send its key.',
    })
  }
  return warn(`the question for health at publicUrl was answered ${status}`)
}

const answers = {
  edge_key_mismatch: toCause('edge_key_mismatch'),
  edge_key_missing: toCause('edge_key_missing'),
}
