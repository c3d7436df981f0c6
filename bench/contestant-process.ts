// One contestant in a process of its own: it runs the batches that it is sent.
import { runBatch } from './batch.ts'
import { openContestant } from './contestants/open-contestant.ts'

const contestant = await openContestant(process.argv[2] ?? '')
process.on('message', async (batch: Parameters<typeof runBatch>[1]) => {
  process.send?.(await runBatch(contestant, batch))
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
