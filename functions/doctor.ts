import middy from '@middy/core'
import { checkRecords, crashRound, openDoctorShell, openRounds } from '../adapters/doctor/round.ts'

const shell = openDoctorShell(process.env)

/** Checks every configured client on a schedule. Hooks after the round run last to first. */
export const handler = middy().use(checkRecords(shell)).use(crashRound()).handler(openRounds(shell))
