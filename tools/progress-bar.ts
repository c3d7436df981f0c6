const widthInCharacters = 40
/** Where there is no terminal, such as in a log, a line for each of them. */
const steps = 20

/** Makes something that shows how much is done: a bar on a terminal, and a line now and then elsewhere. */
export function openProgress(): (share: number) => void {
  const { stderr } = process
  let shown = 0
  return (share) => {
    const percent = Math.floor(share * 100)
    if (stderr.isTTY) {
      const done = Math.round(share * widthInCharacters)
      const bar = '█'.repeat(done) + '░'.repeat(widthInCharacters - done)
      stderr.write(`\r${bar} ${percent} %${share < 1 ? '' : '\n'}`)
      return
    }
    const step = Math.floor(share * steps)
    if (step > shown) stderr.write(`${percent} % done\n`)
    shown = Math.max(shown, step)
  }
}
