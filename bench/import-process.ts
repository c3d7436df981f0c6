// Profiles one import of a handler, for who asks which package takes how long. Bundled by itself.
import { Session } from 'node:inspector/promises'
import { setClients } from './contestants/handler.ts'

const samplingMicroseconds = 50

setClients()
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.setSamplingInterval', { interval: samplingMicroseconds })
await session.post('Profiler.start')
await import(process.argv[2] ?? '')
const { profile } = await session.post('Profiler.stop')
process.send?.(profile, () => process.exit())
