import middy from '@middy/core'
import { openConfiguredDoctor } from '../adapters/doctor/configured-doctor.ts'
import { crashRound, openRounds } from '../adapters/doctor/round.ts'

const doctor = openConfiguredDoctor(process.env)

/** Checks every configured client on a schedule. */
export const handler = middy().use(crashRound(doctor)).handler(openRounds(doctor))
