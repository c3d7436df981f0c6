import middy from '@middy/core'
import {
  crashRotation,
  openConfiguredRotator,
  openRotations,
} from '../adapters/rotation/configured-rotator.ts'

const rotator = openConfiguredRotator(process.env)

/** Makes the steps of a rotation for Secrets Manager, and ends overlaps on a schedule. */
export const handler = middy().use(crashRotation(rotator)).handler(openRotations(rotator))
